package org.jkeepalived.cli;

import java.util.Map;
import java.util.function.Consumer;
import org.jkeepalived.config.ConfigurationCheck;
import org.jkeepalived.config.ConfigurationReader;
import org.jkeepalived.config.HostFacts;
import org.jkeepalived.config.LoadedConfiguration;
import org.jkeepalived.config.ReadOptions;
import org.jkeepalived.config.syntax.FileSystemLoader;
import org.jkeepalived.config.syntax.ReadingBudget;
import org.jkeepalived.daemon.DaemonOptions;
import org.jkeepalived.host.script.InstalledScripts;
import org.jkeepalived.linux.netlink.route.VrfTables;

/** Reads the configuration that the command line names, for the daemon and for {@code -t}. */
public final class ConfigurationFiles implements ConfigTestCommand {

  private final HostFacts machine;
  private final ReadingBudget budget = new ReadingBudget();

  /**
   * @param environment the process's, for {@code ${_ENV NAME}}
   */
  public ConfigurationFiles(Map<String, String> environment) {
    machine = new HostFacts(environment, new InstalledScripts(), VrfTables::find);
  }

  /** For the daemon, whose instances wait for links that do not exist. */
  public LoadedConfiguration read(DaemonOptions options) {
    DaemonOptions.Configuration named = options.configuration();
    ReadOptions facts = machine.forDaemon(named.identity(), named.everyFileRequired());
    return new ConfigurationReader(new FileSystemLoader(), facts, budget)
        .read(named.file(), named.settingsBeside());
  }

  @Override
  public int run(DaemonOptions options, Output output) {
    DaemonOptions.Configuration named = options.configuration();
    return ConfigurationCheck.run(
        named.file(),
        reader(machine.forTest(named.identity(), named.everyFileRequired())),
        output.stream(),
        output.terminal(),
        output.colour());
  }

  /** Hands out what is understood of the file that these options name, a line each. */
  public void show(DaemonOptions options, Consumer<String> lines) {
    DaemonOptions.Configuration named = options.configuration();
    reader(machine.forDaemon(named.identity(), named.everyFileRequired()))
        .show(named.file(), lines);
  }

  private static ConfigurationReader reader(ReadOptions options) {
    return new ConfigurationReader(new FileSystemLoader(), options);
  }
}
