package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.jkeepalived.model.VrrpInstance;
import org.junit.jupiter.api.Test;

/** Instances that the file has and that cannot be run as they are meant, and what follows. */
final class NotStartedTest {

  private static final String GROUP =
      """
      vrrp_sync_group G {
        group {
          A
          B
        }
      }
      """;

  private static String instance(String name, int vrid, String line) {
    return """
        vrrp_instance %s {
          interface e0
          virtual_router_id %d
          virtual_ipaddress {
            10.0.0.%d
          }
          %s
        }
        """
        .formatted(name, vrid, vrid, line);
  }

  private static List<String> started(LoadedConfiguration loaded) {
    return loaded.configuration().instances().stream().map(VrrpInstance::name).toList();
  }

  private static long lines(LoadedConfiguration loaded, String part) {
    return loaded.diagnostics().stream().filter(one -> one.message().contains(part)).count();
  }

  @Test
  void wholeGroupWaitsForAMemberThatNeedsWhatIsNotThere() {
    LoadedConfiguration loaded =
        Reading.of(
            "k",
            GROUP
                + instance("A", 1, "")
                + instance("B", 2, "auth_hmac {\nkey 1 x\n}")
                + instance("C", 3, ""));
    assertEquals(List.of("C"), started(loaded));
    assertEquals(Set.of("A", "B"), loaded.notStarted());
    assertEquals(1, lines(loaded, "(A) is not started: B of its sync group is not"));
    assertEquals(1, lines(loaded, "(B) is not started: "));
    assertEquals(ExitStatus.CONFIGURATION_ERRORS, loaded.exitStatus());
  }

  /** The group as such is no obstacle. */
  @Test
  void groupOfWhatIsThereIsStarted() {
    LoadedConfiguration loaded =
        Reading.of("k", GROUP + instance("A", 1, "") + instance("B", 2, ""));
    assertEquals(List.of("A", "B"), started(loaded));
    assertEquals(Set.of(), loaded.notStarted());
  }

  /** COMPAT: keepalived, too, goes on with the other members. */
  @Test
  void memberThatIsWrongIsNoObstacleToTheOthers() {
    LoadedConfiguration loaded =
        Reading.of(
            "k", GROUP + instance("A", 1, "") + instance("B", 2, "").replace("10.0.0.2", "10.0"));
    assertTrue(started(loaded).contains("A"), loaded.diagnostics()::toString);
  }

  @Test
  void blockWithAMisspeltKeywordIsNamed() {
    LoadedConfiguration loaded =
        Reading.of("k", instance("A", 1, "").replace("vrrp_instance", "vrrp_instnce"));
    assertEquals(List.of(), started(loaded));
    assertEquals(Set.of("A"), loaded.notStarted());
  }
}
