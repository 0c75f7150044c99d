package org.jkeepalived.config;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jkeepalived.config.syntax.ParseOptions;
import org.jkeepalived.model.routing.VrfLookup;
import org.jkeepalived.script.ScriptLookup;

/** What reading a configuration needs to know of the machine it is read on. */
public final class HostFacts {

  private final Map<String, String> environment;
  private final ScriptLookup scripts;
  private final VrfLookup vrfs;

  /**
   * @param environment the environment variables, for {@code ${_ENV NAME}}
   * @param scripts what is known of scripts and their users
   * @param vrfs what the kernel says of VRFs, now
   */
  public HostFacts(Map<String, String> environment, ScriptLookup scripts, VrfLookup vrfs) {
    this.vrfs = Objects.requireNonNull(vrfs);
    this.environment = Map.copyOf(environment);
    this.scripts = Objects.requireNonNull(scripts);
  }

  /** Of a machine of whose VRFs nothing is known. */
  public HostFacts(Map<String, String> environment, ScriptLookup scripts) {
    this(environment, scripts, VrfLookup.NONE);
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
    return new ReadOptions(
        parsing,
        host,
        withMachine ? links() : Optional.empty(),
        processors(),
        scripts,
        HostFacts::linkMac,
        vrfs);
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

  /** How many processors are on, whichever of them this process may use. */
  private static int processors() {
    try {
      return processors(Files.readString(Path.of("/sys/devices/system/cpu/online")));
    } catch (IOException | NumberFormatException e) {
      return Runtime.getRuntime().availableProcessors();
    }
  }

  /**
   * The number after the last one.
   *
   * @param list such as {@code 0-3,6}
   */
  static int processors(String list) {
    String[] numbers = list.strip().split("[-,]");
    return Integer.parseInt(numbers[numbers.length - 1]) + 1;
  }

  /**
   * The MAC address of a link of the calling thread's network namespace, in lower case: nothing
   * where it has none. Empty where there is no such link.
   */
  static Optional<String> linkMac(String name) {
    try {
      NetworkInterface link = NetworkInterface.getByName(name);
      if (link == null) {
        return Optional.empty();
      }
      byte[] mac = link.getHardwareAddress();
      return Optional.of(mac == null ? "" : HexFormat.ofDelimiter(":").formatHex(mac));
    } catch (SocketException e) {
      return Optional.empty();
    }
  }

  /** The links of the calling thread's network namespace; empty when the kernel does not tell. */
  public static Optional<Set<String>> links() {
    try {
      return Optional.of(links(Files.readAllBytes(Path.of("/proc/thread-self/net/dev"))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * The names in a list of links.
   *
   * @param list two lines of headings, then a link a line, whose name may be any bytes
   */
  static Set<String> links(byte[] list) {
    Set<String> links = new LinkedHashSet<>();
    for (String line : new String(list, StandardCharsets.UTF_8).split("\n")) {
      // a name may hold a colon, the counters behind the last one may not
      int colon = line.lastIndexOf(':');
      if (colon > 0) {
        links.add(line.substring(0, colon).strip());
      }
    }
    return links;
  }
}
