package org.jkeepalived.daemon;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jkeepalived.control.ReportPlaces;
import org.jkeepalived.model.Dumps;

/**
 * Where the configuration wants reports: {@code state_dump_file} and its like, and {@code
 * data_use_instance}.
 */
final class DumpPlaces implements ReportPlaces {

  private final Supplier<Dumps.Files> wanted;
  private final Path usual;
  private final String identity;

  /**
   * @param wanted what is in force
   * @param usual the folder of what nobody has named
   */
  DumpPlaces(Supplier<Dumps.Files> wanted, Path usual, ProcessIdentity of) {
    this.wanted = wanted;
    this.usual = usual;
    identity =
        String.join(
            "_",
            Stream.of(of.networkNamespace(), of.instance()).flatMap(Optional::stream).toList());
  }

  @Override
  public Path file(Kind kind, String part) {
    Dumps.Files files = wanted.get();
    Optional<String> named =
        switch (kind) {
          case DATA -> files.state();
          case STATISTICS -> files.statistics();
          case JSON -> files.json();
        };
    // COMPAT: keepalived's JSON has the same name for every instance
    boolean told = files.instanceNamed() && !identity.isEmpty() && kind != Kind.JSON;
    String ending = part + (told ? "." + identity : "");
    Optional<String> path = named.filter(text -> !text.endsWith("/"));
    if (path.isPresent()) {
      return with(Path.of(path.get()), ending).toAbsolutePath();
    }
    return named
        .map(Path::of)
        .orElse(usual)
        .resolve("keepalived" + ending + "." + kind.extension())
        .toAbsolutePath();
  }

  /** The same file, with something before the last point of its name. */
  private static Path with(Path file, String ending) {
    String name = String.valueOf(file.getFileName());
    int point = name.lastIndexOf('.');
    int at = point > 0 ? point : name.length();
    return file.resolveSibling(name.substring(0, at) + ending + name.substring(at));
  }
}
