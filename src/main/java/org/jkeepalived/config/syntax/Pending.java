package org.jkeepalived.config.syntax;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Something that has more text to give before the line behind it is read. */
sealed interface Pending {

  /** The next text; empty when there is no more. */
  Optional<Text> next();

  /** Whether there is no more. */
  boolean isDone();

  /** A file: gives its lines without their comments. */
  record OfFile(OpenFile file) implements Pending {
    @Override
    public Optional<Text> next() {
      return file.next().map(Text::of);
    }

    @Override
    public boolean isDone() {
      return false;
    }
  }

  /** The rest of a line, behind a brace. */
  final class Rest implements Pending {
    private Optional<Text> rest;

    Rest(Text rest) {
      this.rest = Optional.of(rest);
    }

    @Override
    public Optional<Text> next() {
      Optional<Text> next = rest;
      rest = Optional.empty();
      return next;
    }

    @Override
    public boolean isDone() {
      return rest.isEmpty();
    }
  }

  /** The lines of a parameter, behind its first one, all for one reference. */
  final class Lines implements Pending {
    private final List<Parameter.Line> lines;
    private final Place place;
    private final int depth;
    private final Pool pool;
    private int next = 1;

    Lines(List<Parameter.Line> lines, Place place, int depth, Pool pool) {
      this.lines = lines;
      this.place = place;
      this.depth = depth;
      this.pool = pool;
    }

    /** The first line, which takes the place of the reference itself. */
    Text first() {
      return text(lines.get(0));
    }

    @Override
    public Optional<Text> next() {
      return isDone() ? Optional.empty() : Optional.of(text(lines.get(next++)));
    }

    @Override
    public boolean isDone() {
      return next >= lines.size();
    }

    private Text text(Parameter.Line line) {
      Place own =
          pool.place(place.line(), place.startColumn(), place.endColumn(), line.definedOn());
      return Text.generated(line.text(), own, depth);
    }
  }

  /** The line behind a {@code ~SEQ} or {@code ~LST}, once for each set of values. */
  final class Turns implements Pending {
    private final Repetition repetition;
    private final Text line;
    private final Parameters parameters;

    Turns(Repetition repetition, Text line, Parameters parameters) {
      this.repetition = repetition;
      this.line = line;
      this.parameters = parameters;
    }

    @Override
    public Optional<Text> next() {
      Iterator<List<String>> values = repetition.values();
      if (!values.hasNext()) {
        return Optional.empty();
      }
      List<String> turn = values.next();
      for (int i = 0; i < repetition.variables().size(); i++) {
        String value = i < turn.size() ? turn.get(i) : "";
        parameters.define(repetition.variables().get(i), Parameter.of(value));
      }
      return Optional.of(line);
    }

    @Override
    public boolean isDone() {
      return !repetition.values().hasNext();
    }
  }
}
