package org.jkeepalived.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jkeepalived.config.ConfigurationReader;
import org.jkeepalived.config.LoadedConfiguration;
import org.jkeepalived.config.PlainRenderer;
import org.jkeepalived.config.ReadOptions;
import org.jkeepalived.config.SystemScripts;
import org.jkeepalived.config.TerminalRenderer;
import org.jkeepalived.config.syntax.ParseOptions;
import org.jkeepalived.daemon.DaemonOptions;

/** Reads the configuration that the command line names, for the daemon and for {@code -t}. */
public final class ConfigurationFiles implements ConfigurationTest {

  private static final Path LINKS = Path.of("/sys/class/net");
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private final Map<String, String> environment;

  public ConfigurationFiles(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** For the daemon, whose instances wait for links that do not exist. */
  public LoadedConfiguration read(DaemonOptions options) {
    return read(options, Optional.empty());
  }

  @Override
  public int run(DaemonOptions options, Output output) {
    LoadedConfiguration loaded = read(options, links());
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

  private LoadedConfiguration read(DaemonOptions options, Optional<Set<String>> links) {
    String host = hostName();
    ParseOptions parse =
        new ParseOptions(
            options.configuration().identity().orElse(withoutDomain(host)),
            "",
            name -> Optional.ofNullable(environment.get(name)),
            new Random(),
            options.configuration().everyFileRequired());
    return ConfigurationReader.read(
        options.configuration().file(),
        parse,
        new ReadOptions(
            options.configuration().identity(), host, links, Optional.of(new SystemScripts())));
  }

  private static String withoutDomain(String host) {
    int dot = host.indexOf('.');
    return dot > 0 ? host.substring(0, dot) : host;
  }

  private static String hostName() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException notLinux) {
      return InetAddress.getLoopbackAddress().getHostName();
    }
  }

  private static Optional<Set<String>> links() {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(LINKS)) {
      Set<String> names = new HashSet<>();
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
      return Optional.of(names);
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }
}
