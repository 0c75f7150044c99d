package org.jkeepalived.cli;

import java.util.Map;
import org.jkeepalived.config.ConfigurationReader;
import org.jkeepalived.config.LoadedConfiguration;
import org.jkeepalived.config.PlainRenderer;
import org.jkeepalived.config.ReadOptions;
import org.jkeepalived.config.TerminalRenderer;
import org.jkeepalived.config.ThisMachine;
import org.jkeepalived.config.syntax.FileSystemLoader;
import org.jkeepalived.daemon.DaemonOptions;

/** Reads the configuration that the command line names, for the daemon and for {@code -t}. */
public final class ConfigurationFiles implements ConfigurationTest {

  private final ThisMachine machine;

  /**
   * @param environment the process's, for {@code ${_ENV NAME}}
   */
  public ConfigurationFiles(Map<String, String> environment) {
    machine = new ThisMachine(environment);
  }

  /** For the daemon, whose instances wait for links that do not exist. */
  public LoadedConfiguration read(DaemonOptions options) {
    DaemonOptions.Configuration named = options.configuration();
    return read(options, machine.forDaemon(named.identity(), named.everyFileRequired()));
  }

  @Override
  public int run(DaemonOptions options, Output output) {
    DaemonOptions.Configuration named = options.configuration();
    LoadedConfiguration loaded =
        read(options, machine.forTest(named.identity(), named.everyFileRequired()));
    if (output.terminal()) {
      output.stream().print(new TerminalRenderer(output.colour()).render(loaded.diagnostics()));
    } else {
      loaded
          .diagnostics()
          .forEach(diagnostic -> output.stream().println(PlainRenderer.render(diagnostic)));
    }
    output.stream().flush();
    return loaded.exitCode().number();
  }

  private static LoadedConfiguration read(DaemonOptions options, ReadOptions reading) {
    return new ConfigurationReader(new FileSystemLoader(), reading)
        .read(options.configuration().file());
  }
}
