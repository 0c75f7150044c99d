package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.function.BiFunction;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.VrrpInstance.Announcements;

/** The settings about gratuitous ARP. */
final class AnnouncementSettings {

  private AnnouncementSettings() {}

  private static final Setting<Long> MASTER_DELAY =
      delay("garp_master_delay")
          .standard("5", "0")
          .doc("seconds from the first set of gratuitous ARPs to the second; 0 for no second")
          .sets(announcing(Announcements::delayNanos));

  private static final Setting<Integer> MASTER_REPEAT =
      count("garp_master_repeat", "{keyword} '{value}' invalid - ignoring")
          .atLeast(1)
          .standard("5", "1")
          .doc("gratuitous ARPs of each address in a set after becoming master")
          .sets(announcing(Announcements::repeat));

  private static final Setting<Long> MASTER_REFRESH =
      Setting.value("garp_master_refresh", Argument.unsignedSeconds())
          .complains("Invalid {keyword} '{value}' - ignoring")
          .standard("0")
          .doc("seconds between refreshing sets while master; 0 for none")
          .sets(announcing(Announcements::refreshNanos));

  // keepalived's dump shows a refresh repeat of 0 with vrrp_min_garp; one is what the manual says
  private static final Setting<Integer> MASTER_REFRESH_REPEAT =
      count("garp_master_refresh_repeat", "{keyword} '{value}' invalid - ignoring")
          .atLeast(1)
          .standard("1")
          .doc("gratuitous ARPs of each address in a refreshing set")
          .sets(announcing(Announcements::refreshRepeat));

  private static final Setting<Integer> LOWER_PRIO_REPEAT =
      count("garp_lower_prio_repeat", "Invalid {keyword} '{value}'")
          .standardOf(MASTER_REPEAT)
          .strictly("0", "strict-garp-repeat", "Strict mode requires no repeat garps. resetting")
          .doc("the same as garp_master_repeat, after a lower-priority advertisement")
          .sets(announcing(Announcements::lowerPriorityRepeat));

  private static final Setting<Long> LOWER_PRIO_DELAY =
      delay("garp_lower_prio_delay")
          .standardOf(MASTER_DELAY)
          .strictly(
              "0", "strict-garp-delay", "Strict mode requires no repeat garp delay. resetting")
          .doc("the same as garp_master_delay, after a lower-priority advertisement")
          .sets(announcing(Announcements::lowerPriorityDelayNanos));

  static final List<Setting<?>> ALL =
      List.of(
          MASTER_DELAY,
          MASTER_REPEAT,
          MASTER_REFRESH,
          MASTER_REFRESH_REPEAT,
          LOWER_PRIO_REPEAT,
          LOWER_PRIO_DELAY);

  private static Setting.Declaration<Long> delay(String name) {
    return Setting.value(name, Argument.wholeSeconds(Argument.MAX_SECONDS))
        .complains("{keyword} '{value}' invalid - ignoring");
  }

  /** Nobody sends two thousand million announcements. */
  private static Setting.Declaration<Integer> count(String name, String complaint) {
    return Setting.value(
            name, Argument.unsigned().map(count -> (int) Math.min(count, Integer.MAX_VALUE)))
        .complains(complaint);
  }

  private static <V> BiFunction<VrrpInstance, V, VrrpInstance> announcing(
      BiFunction<Announcements, V, Announcements> change) {
    return (instance, value) ->
        instance.announcements(change.apply(instance.announcements(), value));
  }
}
