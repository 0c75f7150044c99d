package org.jkeepalived.control;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jkeepalived.control.ControlAnswer.Status;

/** All that can be asked for, by name. Never changes. */
public final class ControlCommands {

  private static final String HELP = "help";

  private final Path configuration;
  private final Map<String, ControlCommand> byName = new LinkedHashMap<>();

  /**
   * @param configuration the daemon's file, absolute; who means that of another is refused
   * @throws IllegalArgumentException if two have one name
   */
  public ControlCommands(List<? extends ControlCommand> commands, Path configuration) {
    this.configuration = configuration;
    for (ControlCommand command : commands) {
      if (byName.put(command.name(), command) != null || command.name().equals(HELP)) {
        throw new IllegalArgumentException("two commands are called " + command.name());
      }
    }
  }

  /**
   * Begins what a line asks for.
   *
   * @param line words with blanks between them, without the line's end; the first may be a {@link
   *     WantedFile}
   * @return completed on any thread
   */
  CompletableFuture<ControlAnswer> begin(String line, ControlRequest.Asker asker) {
    List<String> words = Arrays.asList(line.strip().split("\\s+"));
    if (WantedFile.isSaidBy(words.get(0))) {
      Optional<String> hindrance = WantedFile.hindrance(words.get(0), configuration);
      return hindrance.isPresent()
          ? answered(Status.NOT_UNDERSTOOD, List.of(hindrance.get()))
          : begin(words.subList(1, words.size()), asker);
    }
    return begin(words, asker);
  }

  private CompletableFuture<ControlAnswer> begin(List<String> words, ControlRequest.Asker asker) {
    String name = words.isEmpty() ? HELP : words.get(0);
    ControlCommand command = byName.get(name);
    if (command != null) {
      return command.begin(new ControlRequest(words.subList(1, words.size()), asker));
    }
    List<String> known = new ArrayList<>();
    byName.values().forEach(one -> known.add(one.usage()));
    if (name.equals(HELP)) {
      return answered(Status.DONE, known);
    }
    known.add(0, "This daemon knows no '" + name + "', but:");
    return answered(Status.NOT_UNDERSTOOD, known);
  }

  private static CompletableFuture<ControlAnswer> answered(Status status, List<String> lines) {
    return CompletableFuture.completedFuture(ControlAnswer.of(status, lines));
  }
}
