package org.jkeepalived.daemon;

import org.jkeepalived.config.LoadedConfiguration;

/** Reads the configuration as it is on disk now. */
@FunctionalInterface
public interface ConfigurationSource {

  /** Never throws: what is wrong is in the diagnostics. */
  LoadedConfiguration read(DaemonOptions options);
}
