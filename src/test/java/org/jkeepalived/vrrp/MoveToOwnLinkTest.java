package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.TestLinks;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.OwnLinks;
import org.jkeepalived.model.VirtualLink;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.TestMachine.Seen;
import org.junit.jupiter.api.Test;

/** A reload that gives a master a link of its own, or takes it away. */
class MoveToOwnLinkTest {

  private static final int OWN = 7;

  private final VrrpInstance plain =
      TestInstance.of("name=A", "vrid=51", "addresses=10.0.0.51", "nopreempt");
  private final VrrpInstance moved =
      TestInstance.of("name=A", "vrid=51", "addresses=10.0.0.51@vrrp.51", "nopreempt")
          .links(
              new OwnLinks(
                  Optional.of(
                      new VirtualLink(
                          "vrrp.51",
                          "eth0",
                          VirtualLink.Macvlan.of(AddressFamily.IPV4, 51),
                          Set.of(AddressFamily.IPV4),
                          OptionalLong.empty(),
                          false)),
                  false,
                  List.of(),
                  false));

  private RoutersRig master() {
    RoutersRig rig = new RoutersRig(TestConfiguration.of(plain));
    rig.bring(1, "eth0", "10.0.0.1");
    rig.routers().links().resynchronised();
    rig.routers().portOpened(1);
    rig.routers().start();
    rig.fireTimersUntil(State.MASTER);
    rig.machine().forget();
    return rig;
  }

  private static ReloadPlan plan(RoutersRig rig, VrrpInstance instance) {
    Configuration target = TestConfiguration.of(instance);
    return ReloadPlan.of(rig.routers().configuration(), target);
  }

  @Test
  void theMasterIsMasterAllTheTime() {
    RoutersRig rig = master();
    rig.routers().links().linkChanged(own("macvlan"));
    ReloadPlan there = plan(rig, moved);
    assertTrue(rig.routers().openAhead(there));
    assertFalse(rig.routers().portsAnswered());
    rig.routers().portOpened(OWN);
    assertTrue(rig.routers().portsAnswered());
    assertFalse(rig.routers().openAhead(there), "it is open");
    rig.routers().reload(there);
    rig.advance(3);
    assertEquals(List.of(), rig.machine().seen(Seen.TOLD));
    assertEquals(
        List.of("-10.0.0.51", "+10.0.0.51", "eth0 says 100", "vrrp.51 says 100"),
        rig.machine().seen(Seen.SENT, Seen.KERNEL).subList(0, 4));

    rig.machine().forget();
    assertFalse(rig.routers().openAhead(plan(rig, plain)), "that of the base always was");
    rig.reload(TestConfiguration.of(plain));
    rig.advance(3);
    assertEquals(List.of(), rig.machine().seen(Seen.TOLD));
    assertEquals(
        List.of("-10.0.0.51", "+10.0.0.51", "vrrp.51 says 100", "eth0 says 100"),
        rig.machine().seen(Seen.SENT, Seen.KERNEL).subList(0, 4));
    assertTrue(rig.machine().seen(Seen.PORTS).contains("close " + OWN));
  }

  @Test
  void onALinkThatIsAnotherOneItDoesNotSpeak() {
    RoutersRig rig = master();
    rig.routers().links().linkChanged(own("dummy"));
    ReloadPlan there = plan(rig, moved);
    rig.routers().openAhead(there);
    rig.routers().portOpened(OWN);
    rig.routers().reload(there);
    assertEquals(Set.of(Fault.INTERFACE_MISSING), rig.faults("A"));
    rig.routers().links().linkChanged(own("macvlan"));
    assertEquals(Set.of(), rig.faults("A"));
  }

  private static LinkState own(String kind) {
    LinkState up = TestLinks.up(OWN, "vrrp.51");
    return new LinkState(
        up.index(),
        up.name(),
        up.mac(),
        up.flags(),
        up.mtu(),
        up.type(),
        Optional.of(kind),
        up.master(),
        OptionalInt.of(1));
  }

  /** It is in FAULT as one whose link failed later would be. */
  @Test
  void whereThePortFailsItIsNotMaster() {
    RoutersRig rig = master();
    rig.routers().links().linkChanged(own("macvlan"));
    ReloadPlan there = plan(rig, moved);
    assertTrue(rig.routers().openAhead(there));
    rig.routers().portFailed(OWN, "refused");
    assertTrue(rig.routers().portsAnswered());
    rig.routers().reload(there);
    assertEquals(State.FAULT, rig.state("A"));
  }

  @Test
  void whereThereIsNoLinkNobodyWaits() {
    RoutersRig rig = master();
    ReloadPlan there = plan(rig, moved);
    assertFalse(rig.routers().openAhead(there));
    rig.routers().reload(there);
    assertEquals(Set.of(Fault.INTERFACE_MISSING), rig.faults("A"));
  }
}
