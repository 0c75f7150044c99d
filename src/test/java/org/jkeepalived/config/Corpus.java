package org.jkeepalived.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Small configurations with all that is said about each: {@code === title}, the text, {@code ---
 * exit N} with our lines, and, where it says something else, {@code --- keepalived exit N} with
 * keepalived's own.
 */
final class Corpus {

  static final Path DIRECTORY = Path.of("src/test/resources/org/jkeepalived/config/corpus");

  /** The name that the cases are read under. */
  static final String FILE = "k.conf";

  /** What was said, and the exit status. */
  record Answer(int exit, List<String> lines) {
    Answer {
      lines = List.copyOf(lines);
    }
  }

  /** One configuration; {@code keepalived} is empty where it answers as we do. */
  record Case(String file, String title, String text, Answer ours, Optional<Answer> keepalived) {
    @Override
    public String toString() {
      return file + ": " + title;
    }
  }

  static List<Case> all() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      for (Path file : files.sorted().toList()) {
        for (String block : Files.readString(file).split("(?m)^=== ")) {
          if (!block.isEmpty()) {
            cases.add(read(file.getFileName().toString(), block));
          }
        }
      }
    }
    return cases;
  }

  private static Case read(String file, String block) {
    String[] parts = block.split("(?m)^--- ");
    int titleEnd = parts[0].indexOf('\n');
    return new Case(
        file,
        parts[0].substring(0, titleEnd),
        parts[0].substring(titleEnd + 1),
        answer(parts[1]),
        parts.length > 2 ? Optional.of(answer(parts[2])) : Optional.empty());
  }

  private static Answer answer(String part) {
    List<String> lines = new ArrayList<>(part.lines().toList());
    String head = lines.remove(0).replaceFirst(".*exit *", "");
    return new Answer(head.isEmpty() ? -1 : Integer.parseInt(head), lines);
  }

  /** Writes cases back to their files. */
  static void write(List<Case> cases) throws IOException {
    for (String file : cases.stream().map(Case::file).distinct().toList()) {
      StringBuilder text = new StringBuilder();
      for (Case one : cases.stream().filter(c -> c.file().equals(file)).toList()) {
        text.append("=== ").append(one.title()).append('\n').append(one.text());
        append(text, "--- exit ", one.ours());
        one.keepalived().ifPresent(answer -> append(text, "--- keepalived exit ", answer));
      }
      Files.writeString(DIRECTORY.resolve(file), text);
    }
  }

  private static void append(StringBuilder text, String head, Answer answer) {
    text.append(head).append(answer.exit()).append('\n');
    answer.lines().forEach(line -> text.append(line).append('\n'));
  }

  private Corpus() {}
}
