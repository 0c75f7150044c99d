package org.jkeepalived.cli;

import java.util.function.Consumer;
import org.jkeepalived.daemon.DaemonOptions;

/** {@code config show}: the configuration as it is understood. */
@FunctionalInterface
public interface ConfigurationShower {

  /** Hands out its lines. */
  void show(DaemonOptions options, Consumer<String> lines);
}
