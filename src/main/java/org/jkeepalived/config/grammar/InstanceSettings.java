package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.VrrpInstance.Conduct.Rule;

/** The settings of instances whose defaults {@code global_defs} may name. */
final class InstanceSettings {

  private InstanceSettings() {}

  static final Setting<Boolean> STRICT_MODE =
      Setting.toggle("strict_mode")
          .global("vrrp_strict")
          .globalFlag()
          .standard("off")
          .doc("keep to the letter of the RFCs")
          .sets(rule(Rule.STRICT));

  static final Setting<Integer> VERSION =
      Setting.value("version", Argument.integer(2, 3))
          .complains(
              "({name}): Version must be either 2 or 3",
              "VRRP Error: Version must be either 2 or 3")
          .standard("2")
          .doc("the protocol's version")
          .sets((instance, version) -> instance.protocol(instance.protocol().version(version)));

  static final Setting<Integer> DOWN_TIMER_ADVERTS =
      Setting.value("down_timer_adverts", Argument.integer(1, 100))
          .complains("Invalid {keyword} [1:100] '{value}'")
          .standard("3")
          .strictlyEverywhere(
              "3",
              "strict-down-timer-adverts",
              "down_timer_adverts is incompatible with strict mode - resetting")
          .doc("advertisements that may be missed before the master counts as gone")
          .sets(
              (instance, adverts) ->
                  instance.protocol(instance.protocol().downTimerAdverts(adverts)));

  private static final Setting<Boolean> SKIP_CHECK_ADV_ADDR =
      Setting.toggle("skip_check_adv_addr")
          .globalFlag()
          .standard("off")
          .doc("compare the address list only in a master's first advertisement")
          .sets(rule(Rule.SKIP_CHECK_ADDRESSES));

  private static final Setting<Boolean> LOWER_PRIO_NO_ADVERT =
      Setting.toggle("lower_prio_no_advert")
          .standard("off")
          .strictly(
              "on", "strict-lower-prio", "Strict mode requires no lower priority advert. resetting")
          .doc("do not answer a lower-priority advertisement")
          .sets(rule(Rule.LOWER_PRIORITY_NO_ADVERT));

  private static final Setting<Boolean> HIGHER_PRIO_SEND_ADVERT =
      Setting.toggle("higher_prio_send_advert")
          .standard("off")
          .strictly(
              "off",
              "strict-higher-prio",
              "strict mode requires higher_prio_send_advert to be clear. resetting")
          .doc("answer a higher-priority advertisement before stepping back")
          .sets(rule(Rule.HIGHER_PRIORITY_SEND_ADVERT));

  private static final Setting<Boolean> OWNER_IGNORE_ADVERTS =
      Setting.toggle("owner_ignore_adverts")
          .standard("off")
          .doc("the address owner does not listen to others")
          .sets(rule(Rule.OWNER_IGNORE_ADVERTS));

  private static final Setting<Boolean> V3_CHECKSUM_AS_V2 =
      Setting.toggle("v3_checksum_as_v2")
          .global("v3_checksum_as_v2")
          .standard("off")
          .doc("no pseudo header in the checksum of version 3 over IPv4")
          .sets(rule(Rule.CHECKSUM_AS_VERSION_2));

  /** How it speaks. */
  static final List<Setting<?>> PROTOCOL = List.of(VERSION, STRICT_MODE, DOWN_TIMER_ADVERTS);

  /** How it announces itself and answers others, in the order in which keepalived looks at it. */
  static final List<Setting<?>> CONDUCT =
      Stream.of(
              AnnouncementSettings.ALL,
              List.of(
                  LOWER_PRIO_NO_ADVERT,
                  HIGHER_PRIO_SEND_ADVERT,
                  SKIP_CHECK_ADV_ADDR,
                  OWNER_IGNORE_ADVERTS,
                  V3_CHECKSUM_AS_V2))
          .<Setting<?>>flatMap(List::stream)
          .toList();

  static final List<Setting<?>> ALL =
      Stream.concat(PROTOCOL.stream(), CONDUCT.stream()).<Setting<?>>map(each -> each).toList();

  private static BiFunction<VrrpInstance, Boolean, VrrpInstance> rule(Rule rule) {
    return (instance, kept) -> instance.conduct(instance.conduct().with(rule, kept));
  }
}
