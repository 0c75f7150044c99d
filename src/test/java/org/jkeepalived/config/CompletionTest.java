package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.model.Announcements;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;
import org.junit.jupiter.api.Test;

/** The values that keepalived's dump does not show, and what is not started. */
final class CompletionTest {

  private static LoadedConfiguration load(String text) {
    return Reading.of("k", text);
  }

  private static VrrpInstance instance(String globals, String lines) {
    return load("global_defs {\n%s\n}\nvrrp_instance A {\ninterface e0\nvirtual_router_id 1\nvirtual_ipaddress {\n10.0.0.1/24 preferred_lft 5\n10.0.0.2/24\n}\n%s\n}\n"
            .formatted(globals, lines))
        .configuration()
        .instances()
        .get(0);
  }

  @Test
  void anotherWithThePriorityHasTakenOverByThen() {
    // RFC 3768: 3 × 1 s + (256 - 254) / 256 s, of which our own advertisement may take 1 s
    assertEquals(
        2_007_812_500L,
        instance("", "nopreempt\ntimer_expired_backup").election().timerExpiredBackupNanos());
    // RFC 5798: the skew is a part of the interval
    assertEquals(
        4 * 500_000_000L + 500_000_000L * 156 / 256,
        instance(
                "",
                "nopreempt\nversion 3\nadvert_int 0.5\ndown_timer_adverts 5\ntimer_expired_backup 100")
            .election()
            .timerExpiredBackupNanos());
    assertEquals(0, instance("", "timer_expired_backup").election().timerExpiredBackupNanos());
  }

  /** As keepalived 2.2.7 and 2.3.3 do. */
  @Test
  void theAuthenticationHeaderTakesBackTheStateMaster() {
    String header = "authentication {\nauth_type AH\nauth_pass abcd\n}\nstate MASTER\npriority ";
    assertFalse(instance("", header + "100").election().initialMaster());
    assertTrue(instance("", header + "255").election().initialMaster());
    assertTrue(instance("", header.replace("AH", "PASS") + "100").election().initialMaster());
    assertFalse(instance("", header + "100\nnopreempt").election().initialMaster());
    assertTrue(instance("", header + "100\nnopreempt").election().preempt());
    assertEquals(
        5_000_000_000L,
        instance("", header + "100\npreempt_delay 5").election().preemptDelayNanos());
  }

  @Test
  void announcementsKeepTheirDistance() {
    assertEquals(0, instance("", "").announcements().intervalNanos());
    assertEquals(
        1_000_000, instance("vrrp_garp_interval 0.001", "").announcements().intervalNanos());

    VrrpInstance grouped =
        load("""
            garp_group {
              garp_interval 0.25
              interface e0
            }
            vrrp_instance A {
              interface e0
              virtual_router_id 1
              virtual_ipaddress {
                10.0.0.1
              }
            }
            """)
            .configuration()
            .instances()
            .get(0);
    assertEquals(250_000_000, grouped.announcements().intervalNanos());
  }

  @Test
  void oneAnnouncementIsEnoughWhereAsked() {
    Announcements minimal = instance("vrrp_min_garp", "").announcements();

    assertEquals(
        Announcements.STANDARD
            .repeat(1)
            .delayNanos(0)
            .lowerPriorityRepeat(1)
            .lowerPriorityDelayNanos(0),
        minimal);
  }

  @Test
  void addressesOfNoLinkGoToTheInstancesOwn() {
    List<VirtualAddress> addresses = instance("", "").addresses().advertised();

    assertEquals("e0", addresses.get(0).device());
    assertEquals(OptionalLong.of(5), addresses.get(0).preferredLifetimeSeconds());
    assertEquals(OptionalLong.empty(), addresses.get(1).preferredLifetimeSeconds());
  }

  @Test
  void whatCannotBeRunAsMeantIsNotStarted() {
    for (String obstacle : List.of("auth_hmac {\nkey 1 x\n}")) {
      LoadedConfiguration loaded =
          load(
              "vrrp_instance A {\ninterface e0\nvirtual_router_id 1\n%s\nvirtual_ipaddress_excluded {\n10.0.0.3\n}\n}\n"
                  .formatted(obstacle));
      assertEquals(List.of(), loaded.configuration().instances(), obstacle);
      assertTrue(
          loaded.diagnostics().stream().anyMatch(d -> d.message().contains("(A) is not started")),
          obstacle);
      assertTrue(loaded.canRun(), obstacle);
    }
  }

  @Test
  void globalsReachTheModel() {
    Configuration configuration =
        load("""
            instance one
            net_namespace blue
            use_pid_dir
            global_defs {
              vrrp_startup_delay 5.5
              vrrp_delay_after_boot 7
              log_unknown_vrids
            }
            """)
            .configuration();

    assertEquals("host", configuration.globals().routerId());
    assertEquals(Optional.of("one"), configuration.globals().processInstance());
    assertEquals(Optional.of("blue"), configuration.globals().networkNamespace());
    assertTrue(configuration.globals().usePidDirectory());
    assertEquals(5_500_000_000L, configuration.globals().startupDelayNanos());
    assertEquals(7_000_000_000L, configuration.globals().delayAfterBootNanos());
    assertTrue(configuration.globals().logUnknownVrids());
  }

  @Test
  void theSameTextMakesEqualInstances() {
    String lines = "authentication {\nauth_type PASS\nauth_pass x\n}";
    VrrpInstance one = instance("", lines);

    assertEquals(one, instance("", lines));
    assertTrue(!one.equals(instance("", lines.replace("x", "y"))));
  }
}
