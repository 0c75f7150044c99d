package org.jkeepalived.config.grammar;

import java.util.HashMap;
import java.util.Map;
import org.jkeepalived.model.VrrpInstance;

/**
 * Makes instances share what they have in common: of a thousand instances most differ in name, VRID
 * and addresses alone.
 */
final class SharedParts {

  private final Map<Object, Object> known = new HashMap<>();

  /** An equal instance, made of parts that others have, too. */
  VrrpInstance of(VrrpInstance instance) {
    return new VrrpInstance(
        instance.name(),
        instance.key(),
        shared(instance.protocol()),
        shared(instance.election()),
        shared(instance.conduct()),
        instance.addresses(),
        shared(instance.announcements()),
        shared(instance.tracking()),
        shared(instance.notifications()));
  }

  @SuppressWarnings("unchecked") // equal parts are of one class
  private <T> T shared(T part) {
    return (T) known.computeIfAbsent(part, any -> part);
  }
}
