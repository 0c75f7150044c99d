package org.jkeepalived.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jkeepalived.config.Reading;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.TestInstance;
import org.junit.jupiter.api.Test;

/** Who would leave a link for one that is not there, and who waits for his. */
class AbsentLinksTest {

  private static final Set<String> THERE = Set.of("lo", "eth0", "eth1");

  private static final VrrpInstance ONE = TestInstance.of("name=VI_1", "vrid=1");

  private static List<String> hindrances(List<VrrpInstance> running, VrrpInstance... next) {
    return new AbsentLinks(running, List.of(next), THERE).hindrances();
  }

  private static final List<String> LEAVES =
      List.of(
          "(VI_1): would leave eth0 for eth9, which does not exist; the old configuration stays in"
              + " force");

  @Test
  void whatRunsIsKnownByItsNameOrItsVrid() {
    assertEquals(List.of(), hindrances(List.of(ONE), TestInstance.of("vrid=1", "interface=eth1")));
    assertEquals(LEAVES, hindrances(List.of(ONE), TestInstance.of("vrid=1", "interface=eth9")));
    assertEquals(LEAVES, hindrances(List.of(ONE), TestInstance.of("vrid=2", "interface=eth9")));
    VrrpInstance renamed = TestInstance.of("name=VI_1", "vrid=7", "interface=eth9");
    assertEquals(LEAVES, hindrances(List.of(TestInstance.of("name=OLD", "vrid=7")), renamed));
    assertEquals(List.of(), hindrances(List.of(TestInstance.of("name=OLD", "vrid=8")), renamed));
  }

  @Test
  void whatIsNewOrWasMissingMayWait() {
    VrrpInstance second = TestInstance.of("name=VI_2", "vrid=1", "interface=eth9");
    assertEquals(List.of(), hindrances(List.of(ONE), ONE, second), "the same VRID, but it stays");
    VrrpInstance waiting = TestInstance.of("vrid=1", "interface=eth8");
    assertEquals(
        List.of(), hindrances(List.of(waiting), TestInstance.of("vrid=1", "interface=eth9")));
    VrrpInstance other = TestInstance.of("name=OTHER", "vrid=1");
    assertEquals(
        List.of(),
        hindrances(List.of(ONE), other, TestInstance.of("vrid=2", "interface=eth9")),
        "what ran under that name goes on under another one");
  }

  @Test
  void whatWaitsIsNamed() {
    List<VrrpInstance> next =
        Reading.of(
                "/k.conf",
                """
                vrrp_instance VI_2 {
                  interface eth7
                  virtual_router_id 2
                  virtual_ipaddress {
                    10.0.0.1
                  }
                }
                vrrp_instance VI_3 {
                  interface eth0
                  virtual_router_id 3
                  virtual_ipaddress {
                    10.0.0.3 dev eth7
                    10.0.0.4 dev eth7
                    10.0.0.5 dev eth1
                    10.0.0.6 dev eth8 no_track
                  }
                }
                """)
            .configuration()
            .instances();
    assertEquals(
        List.of(
            "(VI_2): interface eth7 does not exist (yet): FAULT until it does",
            "(VI_3): interface eth7 of 10.0.0.3 does not exist (yet): FAULT until it does",
            "(VI_3): interface eth8 of 10.0.0.6 does not exist (yet): FAULT instead of MASTER until it does"),
        new AbsentLinks(List.of(), next, THERE).remarks());
    assertEquals(
        List.of(),
        new AbsentLinks(List.of(), next, Set.of("eth0", "eth1", "eth7", "eth8")).remarks());
  }

  @Test
  void nobodyReadsTenThousandLines() {
    List<VrrpInstance> next = new ArrayList<>();
    for (int i = 1; i <= 25; i++) {
      next.add(TestInstance.of("name=V" + i, "vrid=" + i, "interface=eth9"));
    }
    List<String> lines = new AbsentLinks(List.of(), next, THERE).remarks();
    assertEquals(21, lines.size());
    assertEquals("and 5 more", lines.get(20));
  }
}
