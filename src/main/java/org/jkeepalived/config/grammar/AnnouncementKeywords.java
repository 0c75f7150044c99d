package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The gratuitous ARP keywords, which {@code global_defs} knows with the prefix {@code vrrp_} and
 * {@code vrrp_instance} without.
 */
final class AnnouncementKeywords<T extends Draft> {

  private final String prefix;
  private final String who;
  private final Function<T, AnnouncementsDraft> draftOf;

  /**
   * @param prefix of each keyword
   * @param who how messages begin, with {@code {name}} for the block's name
   * @param draftOf the part of the draft that the keywords fill
   */
  AnnouncementKeywords(String prefix, String who, Function<T, AnnouncementsDraft> draftOf) {
    this.prefix = prefix;
    this.who = who;
    this.draftOf = draftOf;
  }

  List<Keyword<T>> table() {
    String ignoring = " '{value}' invalid - ignoring";
    return List.of(
        delay("garp_master_delay", (d, nanos) -> d.delayNanos = Optional.of(nanos))
            .standard("5")
            .doc("seconds from the first set of gratuitous ARPs to the second; 0 for no second"),
        atLeastOne(
                count("garp_master_repeat", ignoring, (d, n) -> d.repeat = OptionalInt.of(n)),
                (d, n) -> d.repeat = OptionalInt.of(n))
            .standard("5")
            .doc("gratuitous ARPs of each address in a set after becoming master"),
        Keyword.<T, Long>value(
                prefix + "garp_master_refresh",
                Argument.unsignedSeconds(),
                (t, nanos) -> draftOf.apply(t).refreshNanos = Optional.of(nanos))
            .complains(who + "Invalid " + prefix + "garp_master_refresh '{value}' - ignoring")
            .standard("0")
            .doc("seconds between refreshing sets while master; 0 for none"),
        atLeastOne(
                count(
                    "garp_master_refresh_repeat",
                    ignoring,
                    (d, n) -> d.refreshRepeat = OptionalInt.of(n)),
                (d, n) -> d.refreshRepeat = OptionalInt.of(n))
            .standard("1")
            .doc("gratuitous ARPs of each address in a refreshing set"),
        delay("garp_lower_prio_delay", (d, nanos) -> d.lowerPriorityDelayNanos = Optional.of(nanos))
            .standard("vrrp_garp_master_delay")
            .doc("the same as garp_master_delay, after a lower-priority advertisement"),
        Keyword.<T, Long>value(
                prefix + "garp_lower_prio_repeat",
                Argument.unsigned(),
                (t, n) -> draftOf.apply(t).lowerPriorityRepeat = OptionalInt.of(saturated(n)))
            .complains(who + "Invalid " + prefix + "garp_lower_prio_repeat '{value}'")
            .standard("vrrp_garp_master_repeat")
            .doc("the same as garp_master_repeat, after a lower-priority advertisement"));
  }

  private Keyword<T> delay(String name, BiConsumer<AnnouncementsDraft, Long> sets) {
    return Keyword.<T, Long>value(
            prefix + name,
            Argument.wholeSeconds(Argument.MAX_SECONDS),
            (t, nanos) -> sets.accept(draftOf.apply(t), nanos))
        .complains(who + prefix + name + " '{value}' invalid - ignoring");
  }

  private Keyword<T> count(
      String name, String complaint, BiConsumer<AnnouncementsDraft, Integer> sets) {
    return Keyword.<T, Long>value(
            prefix + name,
            Argument.unsigned(),
            (t, n) -> sets.accept(draftOf.apply(t), saturated(n)))
        .complains(who + prefix + name + complaint);
  }

  /** Nobody sends two thousand million announcements. */
  private static int saturated(long count) {
    return (int) Math.min(count, Integer.MAX_VALUE);
  }

  private Keyword<T> atLeastOne(Keyword<T> keyword, BiConsumer<AnnouncementsDraft, Integer> sets) {
    return keyword.unlessZero(
        who + keyword.name() + " must be greater than 0, setting to 1",
        draft -> sets.accept(draftOf.apply(draft), 1));
  }
}
