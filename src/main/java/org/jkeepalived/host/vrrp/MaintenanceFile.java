package org.jkeepalived.host.vrrp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.linux.file.RegularFile;
import org.jkeepalived.linux.file.SmallFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to stay out over a restart, a line each: {@code NAME TAB END TAB ASKER}, the end in
 * seconds since 1970 or {@code -}, the name {@code *} for all instances. All instances are those of
 * one configuration, which a comment names: of another one nobody has said anything.
 */
public final class MaintenanceFile {

  private static final Logger LOG = LoggerFactory.getLogger(MaintenanceFile.class);

  private static final int MOST_BYTES = 1 << 20;
  private static final String ALL = "*";
  private static final String NEVER = "-";
  private static final String HEAD =
      "# Out over a restart, until jkeepalived maintenance off: instance, end, who asked for it\n";

  private static final String OF = "# All instances are those of ";

  private final Path path;
  private final Path configuration;

  /**
   * One order.
   *
   * @param instance empty for all
   */
  record Line(Optional<String> instance, Optional<Instant> end, String asker) {
    /** It does not hold any more, nor does an order for all hold for its instance. */
    boolean isOver(Instant now) {
      return end.filter(at -> !at.isAfter(now)).isPresent();
    }

    Line {
      Objects.requireNonNull(instance);
      Objects.requireNonNull(end);
      Objects.requireNonNull(asker);
    }
  }

  /**
   * @param configuration what the daemon runs with, absolute
   */
  public MaintenanceFile(Path path, Path configuration) {
    this.path = path;
    this.configuration = configuration;
  }

  /** What was written last; a file that cannot be read is complained of, and says nothing. */
  List<Line> read() {
    SmallFile file = SmallFile.read(path.toString(), MOST_BYTES);
    if (file.kind() == SmallFile.Kind.MISSING) {
      return List.of();
    }
    if (file.kind() != SmallFile.Kind.REGULAR || file.bytes().length == MOST_BYTES) {
      LOG.error(
          "{}: what is to be in maintenance is not known: {}",
          path,
          file.error().map(Object::toString).orElse("no file of ours"));
      return List.of();
    }
    List<Line> lines = new ArrayList<>();
    List<String> texts = new String(file.bytes(), StandardCharsets.UTF_8).lines().toList();
    for (String text : texts) {
      Optional<Line> line = parse(text);
      line.ifPresent(lines::add);
      if (line.isEmpty() && !text.startsWith("#")) {
        LOG.error("{}: left out what is not understood: {}", path, text);
      }
    }
    Optional<String> another = another(texts);
    if (another.isPresent() && lines.removeIf(line -> line.instance().isEmpty())) {
      LOG.warn(
          "{}: all instances of {} are in maintenance, which says nothing of those of {}",
          path,
          another.get(),
          configuration);
    }
    return lines;
  }

  /** The configuration that it was written for, where that is not this one. */
  private Optional<String> another(List<String> texts) {
    return texts.stream()
        .filter(text -> text.startsWith(OF))
        .map(text -> text.substring(OF.length()))
        .filter(named -> !named.equals(configuration.toString()))
        .findFirst();
  }

  private static Optional<Line> parse(String text) {
    String[] parts = text.split("\t", -1);
    if (parts.length != 3 || parts[0].isEmpty() || !parts[1].matches("-|\\d{1,10}")) {
      return Optional.empty();
    }
    return Optional.of(
        new Line(
            Optional.of(parts[0]).filter(name -> !name.equals(ALL)),
            Optional.of(parts[1])
                .filter(end -> !end.equals(NEVER))
                .map(end -> Instant.ofEpochSecond(Long.parseLong(end))),
            parts[2]));
  }

  /** The text that says it; nothing for nothing. */
  String text(List<Line> lines) {
    if (lines.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder(HEAD);
    if (lines.stream().anyMatch(line -> line.instance().isEmpty())) {
      text.append(OF).append(configuration).append('\n');
    }
    for (Line line : lines) {
      text.append(line.instance().orElse(ALL))
          .append('\t')
          .append(line.end().map(end -> Long.toString(end.getEpochSecond())).orElse(NEVER))
          .append('\t')
          .append(line.asker())
          .append('\n');
    }
    return text.toString();
  }

  /**
   * Has the file say something else; one that says nothing is removed.
   *
   * @return why that could not be done; empty if it was
   */
  Optional<String> write(String text) {
    try {
      if (text.isEmpty()) {
        RegularFile.remove(path);
      } else {
        RegularFile.replace(path, text);
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(FileError.text(e, path));
    }
  }
}
