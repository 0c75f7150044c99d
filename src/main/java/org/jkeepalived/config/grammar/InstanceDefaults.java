package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.model.GlobalDefaults;
import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.model.VrrpInstance;

/**
 * Instances of which the file says nothing, with the defaults of {@code global_defs}: found out
 * once, and of one object each.
 */
final class InstanceDefaults {

  private final GlobalDraft globals;
  private Optional<VrrpInstance> standard = Optional.empty();

  /**
   * @param globals all of it has been read
   */
  InstanceDefaults(GlobalDraft globals) {
    this.globals = globals;
  }

  /** Every setting's default, for dumps. */
  GlobalDefaults.OfInstances told() {
    InetAddress group = globals.group4.orElse(UnicastCompletion.DEFAULT_GROUP);
    VrrpInstance plain = instance("", new VrrpInstance.Key("", group, 1));
    return new GlobalDefaults.OfInstances(
        plain.protocol(),
        plain.conduct().room(globals.arrivals.complete(OptionalLong.empty())),
        plain
            .announcements()
            .intervalNanos(globals.announcementIntervalNanos.orElse(0L))
            .neighbourIntervalNanos(globals.neighbourIntervalNanos.orElse(0L)),
        group.getHostAddress(),
        globals.group6.map(NumericAddress::of).orElse(UnicastCompletion.DEFAULT_GROUP_6),
        globals.notifyPriorityChanges);
  }

  /** One with every setting's default. */
  VrrpInstance instance(String name, VrrpInstance.Key key) {
    if (standard.isEmpty()) {
      VrrpInstance settled = new VrrpInstance(name, key);
      for (Setting<?> setting : InstanceSettings.ALL) {
        settled = setting.byDefault(settled, globals);
      }
      standard = Optional.of(settled);
    }
    return standard.get().name(name).key(key);
  }
}
