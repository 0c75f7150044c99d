package org.jkeepalived.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jkeepalived.config.grammar.ScriptLookup;
import org.jkeepalived.config.syntax.ParseOptions;
import org.jkeepalived.model.Command;

/** What reading a configuration needs to know of the machine it is read on. */
public final class ThisMachine implements ScriptLookup {

  private static final List<String> PATH =
      List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

  private final Map<String, String> environment;

  /**
   * @param environment the environment variables, for {@code ${_ENV NAME}}
   */
  public ThisMachine(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * The daemon's options: nothing is said about links that are not there.
   *
   * @param identity {@code -i}; empty for the host's name without its domain
   * @param everyFileRequired {@code -e}: an included file that is missing is an error
   */
  public ReadOptions forDaemon(Optional<String> identity, boolean everyFileRequired) {
    return options(identity, everyFileRequired, false);
  }

  /** The options of {@code -t}. */
  public ReadOptions forTest(Optional<String> identity, boolean everyFileRequired) {
    return options(identity, everyFileRequired, true);
  }

  private ReadOptions options(
      Optional<String> identity, boolean everyFileRequired, boolean withMachine) {
    String host = hostName();
    String id = identity.orElse(host.replaceFirst("\\..*", ""));
    ParseOptions parsing =
        new ParseOptions(
            id,
            id,
            name -> Optional.ofNullable(environment.get(name)),
            new Random(),
            everyFileRequired);
    return new ReadOptions(parsing, host, withMachine ? links() : Optional.empty(), this);
  }

  /** The host's name, without asking a name server. */
  private static String hostName() {
    try {
      String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
      return name.isEmpty() ? "localhost" : name;
    } catch (IOException e) {
      return "localhost";
    }
  }

  /** The links of this network namespace; empty when the kernel does not tell. */
  private static Optional<Set<String>> links() {
    try {
      Set<String> links = new LinkedHashSet<>();
      for (String line : Files.readAllLines(Path.of("/proc/self/net/dev"))) {
        // a name may hold a colon, the counters behind the last one may not
        int colon = line.lastIndexOf(':');
        if (colon > 0) {
          links.add(line.substring(0, colon).strip());
        }
      }
      return Optional.of(links);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> objection(Command command) {
    String program = command.program();
    try {
      boolean found =
          program.startsWith("/")
              ? executable(Path.of(program))
              : PATH.stream().anyMatch(directory -> executable(Path.of(directory, program)));
      return found
          ? Optional.empty()
          : Optional.of("Script " + program + " cannot be accessed - No such file or directory");
    } catch (InvalidPathException e) {
      return Optional.of("Script " + program + " cannot be accessed - " + e.getReason());
    }
  }

  private static boolean executable(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }

  @Override
  public boolean userExists(String user) {
    return named(Path.of("/etc/passwd"), user);
  }

  @Override
  public boolean groupExists(String group) {
    return named(Path.of("/etc/group"), group);
  }

  private static boolean named(Path file, String name) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.anyMatch(line -> line.startsWith(name + ":"));
    } catch (IOException e) {
      return false;
    }
  }
}
