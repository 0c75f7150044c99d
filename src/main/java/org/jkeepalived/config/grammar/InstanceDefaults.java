package org.jkeepalived.config.grammar;

import java.util.Optional;
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
