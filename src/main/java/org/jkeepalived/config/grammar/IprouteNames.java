package org.jkeepalived.config.grammar;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jkeepalived.config.syntax.SourceLoader;
import org.jkeepalived.model.routing.VrfLookup;

/**
 * What numbers are called in the files of iproute2, which are read when the first name is asked
 * for. A file under /etc adds to that of the distribution, and what stands in neither may still be
 * one of the names that iproute2 itself knows.
 */
final class IprouteNames {

  /** Which names. */
  enum File {
    TABLES("rt_tables", Map.of("default", 253L, "main", 254L, "local", 255L)),
    PROTOCOLS(
        "rt_protos", Map.of("redirect", 1L, "kernel", 2L, "boot", 3L, "static", 4L, "ra", 9L)),
    SCOPES(
        "rt_scopes",
        Map.of("global", 0L, "site", 200L, "link", 253L, "host", 254L, "nowhere", 255L)),
    REALMS("rt_realms", Map.of("cosmos", 0L)),
    TYPES_OF_SERVICE("rt_dsfield", Map.of()),
    GROUPS("group", Map.of("default", 0L));

    private final String name;
    private final Map<String, Long> builtIn;

    File(String name, Map<String, Long> builtIn) {
      this.name = name;
      this.builtIn = builtIn;
    }
  }

  private static final String PROTOCOLS_FILE = "/etc/protocols";
  private static final String ROOT = "/";

  private final SourceLoader loader;
  private final VrfLookup vrfs;
  private final Map<File, Map<String, Long>> known = new EnumMap<>(File.class);
  private Optional<Map<String, Long>> transport = Optional.empty();
  private String ofDistribution = "/usr/share/iproute2";
  private String ofMachine = "/etc/iproute2";

  IprouteNames(SourceLoader loader, VrfLookup vrfs) {
    this.loader = loader;
    this.vrfs = vrfs;
  }

  /** Where there are no VRFs. */
  IprouteNames(SourceLoader loader) {
    this(loader, VrfLookup.NONE);
  }

  /** What the link of a name says of its table; empty where there is none. */
  Optional<VrfLookup.Found> vrf(String name) {
    return vrfs.find(name);
  }

  /** {@code iproute_usr_dir}: where the distribution's files are. */
  void setDistributionDirectory(String directory) {
    ofDistribution = directory;
    known.clear();
  }

  /** {@code iproute_etc_dir}: where the machine's files are. */
  void setMachineDirectory(String directory) {
    ofMachine = directory;
    known.clear();
  }

  /**
   * A number, or what a name stands for.
   *
   * @param most the highest number; a higher one is none
   */
  OptionalLong number(File file, String word, long most) {
    OptionalLong number = parse(word);
    if (number.isEmpty()) {
      Long named = known.computeIfAbsent(file, this::load).get(word);
      number = named == null ? OptionalLong.empty() : OptionalLong.of(named);
    }
    return number.isPresent() && number.getAsLong() <= most ? number : OptionalLong.empty();
  }

  /** Where to look for a name that is not known. */
  String remedy(File file) {
    return "write a number, or a name that stands in " + ofMachine + "/" + file.name;
  }

  /** The number of a transport protocol, in whatever letters: {@code UDP}. */
  OptionalLong transport(String word, long most) {
    OptionalLong number = parse(word);
    if (number.isEmpty()) {
      if (transport.isEmpty()) {
        transport = Optional.of(loadTransports());
      }
      Long named = transport.get().get(word);
      number = named == null ? OptionalLong.empty() : OptionalLong.of(named);
    }
    return number.isPresent() && number.getAsLong() <= most ? number : OptionalLong.empty();
  }

  /** COMPAT: like strtoul(3), keepalived reads 0x10 and 010 too. */
  static OptionalLong parse(String word) {
    if (!word.matches("0[xX][0-9a-fA-F]{1,8}|[0-9]{1,11}")) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.decode(word));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * COMPAT: what stands first counts: FRR's rt_protos.d has another {@code static}, which neither
   * ip(8) nor keepalived takes for the kernel's.
   */
  private Map<String, Long> load(File file) {
    Map<String, Long> names = new HashMap<>();
    for (String directory : List.of(ofMachine, ofDistribution)) {
      loadNumberFirst(directory + "/" + file.name, names);
      loader
          .resolve(ROOT, directory + "/" + file.name + ".d/*.conf")
          .forEach(path -> loadNumberFirst(path, names));
    }
    file.builtIn.forEach(names::putIfAbsent);
    return names;
  }

  /** {@code 254 main}, {@code 0x28 AF11}. */
  private void loadNumberFirst(String path, Map<String, Long> names) {
    lines(path)
        .filter(words -> words.length > 1)
        .forEach(words -> parse(words[0]).ifPresent(number -> names.putIfAbsent(words[1], number)));
  }

  /** {@code udp 17 UDP}. */
  private Map<String, Long> loadTransports() {
    Map<String, Long> names =
        new HashMap<>(
            Map.of("icmp", 1L, "tcp", 6L, "TCP", 6L, "udp", 17L, "UDP", 17L, "sctp", 132L));
    lines(PROTOCOLS_FILE)
        .filter(words -> words.length > 1)
        .forEach(
            words ->
                parse(words[1])
                    .ifPresent(
                        number -> {
                          names.put(words[0], number);
                          for (int i = 2; i < words.length; i++) {
                            names.put(words[i], number);
                          }
                        }));
    return names;
  }

  private Stream<String[]> lines(String path) {
    return loader
        .read(path)
        .text()
        .orElse("")
        .lines()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .map(line -> line.split("\\s+"));
  }
}
