package org.jkeepalived.control;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jkeepalived.control.ControlAnswer.Status;

/** All that can be asked for, by name. Never changes. */
public final class ControlCommands {

  private static final String HELP = "help";

  private final Map<String, ControlCommand> byName = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException if two have one name
   */
  public ControlCommands(List<? extends ControlCommand> commands) {
    for (ControlCommand command : commands) {
      if (byName.put(command.name(), command) != null || command.name().equals(HELP)) {
        throw new IllegalArgumentException("two commands are called " + command.name());
      }
    }
  }

  /**
   * Begins what a line asks for.
   *
   * @param line words with blanks between them, without the line's end
   * @return completed on any thread
   */
  CompletableFuture<ControlAnswer> begin(String line, ControlRequest.Asker asker) {
    List<String> words = Arrays.asList(line.strip().split("\\s+"));
    String name = words.get(0);
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
