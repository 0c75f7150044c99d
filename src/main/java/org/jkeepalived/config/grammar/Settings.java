package org.jkeepalived.config.grammar;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a block has said of the {@link Setting}s that it may name. */
final class Settings {

  private final Map<Setting<?>, Object> said = new HashMap<>();

  <V> void put(Setting<V> setting, V value) {
    said.put(setting, value);
  }

  boolean has(Setting<?> setting) {
    return said.containsKey(setting);
  }

  /** What was said last; empty if nothing was. */
  @SuppressWarnings("unchecked") // put() alone writes, and takes a V for a Setting<V>
  <V> Optional<V> get(Setting<V> setting) {
    return Optional.ofNullable((V) said.get(setting));
  }
}
