package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;

/**
 * One keyword of a block: everything there is to know about it.
 *
 * @param name keepalived's spelling
 * @param arity what stands after it
 * @param values the same in detail
 * @param facts for people
 * @param opened the keywords of the block that it opens; empty where it opens none, or where free
 *     lines stand in it
 * @param reader carries a statement into the draft
 */
record Keyword<T extends Draft>(
    String name,
    Arity arity,
    Values values,
    Facts facts,
    Optional<Supplier<Block<?>>> opened,
    Reader<T> reader) {

  /**
   * What there is to know besides how it is read.
   *
   * @param standard what holds where it is not there
   * @param documentation one sentence
   * @param replacedBy the keyword to write instead of this one
   * @param alone what it says where nothing stands after it, as it would be written
   * @param strict what strict mode makes of it, as it would be written
   * @param inert whether it is accepted and changes nothing
   */
  record Facts(
      Standard standard,
      String documentation,
      Optional<String> replacedBy,
      Optional<String> alone,
      Optional<String> strict,
      boolean inert) {
    private static final Facts NONE =
        new Facts(Standard.NONE, "", Optional.empty(), Optional.empty(), Optional.empty(), false);

    Facts standard(Standard other) {
      return new Facts(other, documentation, replacedBy, alone, strict, inert);
    }

    Facts documentation(String other) {
      return new Facts(standard, other, replacedBy, alone, strict, inert);
    }

    Facts replacedBy(String other) {
      return new Facts(standard, documentation, Optional.of(other), alone, strict, inert);
    }

    Facts alone(Optional<String> other) {
      return new Facts(standard, documentation, replacedBy, other, strict, inert);
    }

    Facts strict(Optional<String> other) {
      return new Facts(standard, documentation, replacedBy, alone, other, inert);
    }

    Facts inert(boolean other) {
      return new Facts(standard, documentation, replacedBy, alone, strict, other);
    }
  }

  /** What stands after a keyword. */
  enum Arity {
    /** Nothing; what stands there all the same is not looked at, as in keepalived. */
    FLAG,
    /** One argument, or none. */
    OPTIONAL,
    /** At least one argument: without it the configuration cannot run. */
    REQUIRED,
    /** Statements between braces. */
    BLOCK,
    /** A name, without which the configuration cannot run, and statements between braces. */
    NAMED_BLOCK,
    /** Free lines between braces. */
    LIST
  }

  /** Carries a statement into the draft, and reports what is wrong with it. */
  interface Reader<T> {
    void read(Statement statement, T draft, GrammarReport report);
  }

  /**
   * What is to be written, for a hint: {@code priority INTEGER [1, 255]}; the name alone if free.
   */
  String syntax() {
    return (name + " " + values.text()).strip();
  }

  /** A keyword without argument. */
  static <T extends Draft> Keyword<T> flag(String name, Consumer<T> sets) {
    return of(name, Arity.FLAG, Values.NONE, (statement, draft, report) -> sets.accept(draft));
  }

  /** A keyword with one argument of a type. */
  static <T extends Draft, V> Value<T, V> value(
      String name, Argument<V> argument, BiConsumer<T, V> sets) {
    return new Value<>(name, Arity.REQUIRED, argument, Optional.empty(), sets);
  }

  /** A keyword that says yes when it stands alone, and may say no. */
  static <T extends Draft> Value<T, Boolean> toggle(String name, BiConsumer<T, Boolean> sets) {
    return new Value<>(name, Arity.OPTIONAL, Argument.bool(), Optional.of(true), sets);
  }

  /** A keyword whose reading no type describes. */
  static <T extends Draft> Keyword<T> custom(
      String name, Arity arity, String syntax, Reader<T> reader) {
    return of(name, arity, Values.of(syntax), reader);
  }

  /** The same, with what its first word may be. */
  static <T extends Draft> Keyword<T> custom(
      String name, Arity arity, Values values, Reader<T> reader) {
    return of(name, arity, values, reader);
  }

  /** A keyword that opens a block with a table of its own, which fills the same draft. */
  static <T extends Draft> Keyword<T> block(String name, Block<T> block) {
    return Keyword.<T>custom(
            name,
            Arity.BLOCK,
            Values.NONE,
            (statement, draft, report) ->
                statement.block().ifPresent(b -> block.read(b.statements(), draft, report)))
        .opens(block);
  }

  private static <T extends Draft> Keyword<T> of(
      String name, Arity arity, Values values, Reader<T> reader) {
    return new Keyword<>(name, arity, values, Facts.NONE, Optional.empty(), reader);
  }

  private Keyword<T> with(Facts other) {
    return new Keyword<>(name, arity, values, other, opened, reader);
  }

  private Keyword<T> with(Reader<T> other) {
    return new Keyword<>(name, arity, values, facts, opened, other);
  }

  /** Tells which keywords stand in the block that it opens. */
  Keyword<T> opens(Block<?> block) {
    return opensWhenAsked(() -> block);
  }

  /** The same, of keywords that are declared when somebody needs them. */
  Keyword<T> opensWhenAsked(Supplier<Block<?>> block) {
    return new Keyword<>(name, arity, values, facts, Optional.of(block), reader);
  }

  /** The keywords of the block that it opens; empty where it opens none, or where free. */
  Optional<Block<?>> inside() {
    return opened.map(Supplier::get);
  }

  /** What holds where it is not there, as it would be written. */
  Keyword<T> standard(String written) {
    return standard(new Standard(Standard.Kind.WRITTEN, written, ""));
  }

  /** The same, with an exception in words. */
  Keyword<T> standard(String written, String note) {
    return standard(new Standard(Standard.Kind.WRITTEN, written, note));
  }

  /** What a keyword of {@code global_defs} says holds where this one is not there. */
  Keyword<T> standardOf(String global) {
    return standard(new Standard(Standard.Kind.OF_GLOBAL, global, ""));
  }

  /** What holds where it is not there, if nobody could write it. */
  Keyword<T> standardInWords(String words) {
    return standard(new Standard(Standard.Kind.IN_WORDS, words, ""));
  }

  Keyword<T> standard(Standard standard) {
    return with(facts.standard(standard));
  }

  Keyword<T> doc(String text) {
    return with(facts.documentation(text));
  }

  /** What it says where nothing stands after it, as it would be written. */
  Keyword<T> alone(String written) {
    return with(facts.alone(Optional.of(written)));
  }

  /** What strict mode makes of it, as it would be written. */
  Keyword<T> strictly(Optional<String> written) {
    return with(facts.strict(written));
  }

  /** It is accepted, and changes nothing yet. */
  Keyword<T> inert() {
    return with(facts.inert(true));
  }

  /** It is an old spelling of another keyword. */
  Keyword<T> oldSpellingOf(String other) {
    return with(facts.replacedBy(other));
  }

  /** What it says, and no more, where its argument is missing. */
  Keyword<T> unlessMissing(String complaint) {
    Reader<T> checked =
        (statement, draft, report) -> {
          if (statement.arguments().isEmpty()) {
            String text = complaint.replace("{name}", draft.name());
            report.warn(statement.keyword(), "missing-parameter", text);
          } else {
            reader.read(statement, draft, report);
          }
        };
    return with(checked);
  }

  /** Says something where it is there, at which keepalived says nothing. */
  Keyword<T> remarking(String code, String message) {
    Reader<T> talking =
        (statement, draft, report) -> {
          reader.read(statement, draft, report);
          report.aside(statement.keyword(), code, message);
        };
    return with(talking);
  }

  /**
   * A word that may stand among its arguments.
   *
   * @param other reads what is left where the word is there, unless that is nothing
   */
  Keyword<T> withOption(String word, Keyword<T> other) {
    Reader<T> either =
        (statement, draft, report) -> {
          List<Token> rest = statement.words().stream().filter(each -> !each.is(word)).toList();
          boolean there = rest.size() < statement.words().size() && rest.size() > 1;
          (there ? other : this)
              .reader.read(
                  new Statement(rest, statement.block(), statement.written()), draft, report);
        };
    return new Keyword<>(name, arity, values.after("[" + word + "]"), facts, opened, either);
  }

  /** What it says to 0, and does instead of reading it. */
  Keyword<T> unlessZero(String complaint, Consumer<T> otherwise) {
    Reader<T> checked =
        (statement, draft, report) -> {
          Token word = statement.arguments().get(0);
          if (word.text().matches("0+(\\.0*)?")) {
            report.warn(word, "bad-value", complaint.replace("{name}", draft.name()));
            otherwise.accept(draft);
          } else {
            reader.read(statement, draft, report);
          }
        };
    return new Keyword<>(name, arity, values.withoutZero(), facts, opened, checked);
  }

  /** Marks this as an old spelling: read all the same, with {@code message}. */
  Keyword<T> replacedBy(String other, String message) {
    Reader<T> warning =
        (statement, draft, report) -> {
          report.at(
              statement.keyword(),
              Severity.WARNING,
              "deprecated-keyword",
              message,
              "write '" + other + "' instead");
          reader.read(statement, draft, report);
        };
    return with(warning).oldSpellingOf(other);
  }

  /** A typed keyword that has not yet said what it answers to a wrong argument. */
  record Value<T extends Draft, V>(
      String name, Arity arity, Argument<V> argument, Optional<V> alone, BiConsumer<T, V> sets) {

    /**
     * Completes the keyword.
     *
     * @param complaint keepalived's wording after a wrong argument, where {@code {name}} stands for
     *     the block's name and {@code {value}} for what was written; empty where the general words
     *     about numbers are all it says
     */
    Keyword<T> complains(String complaint) {
      return complains(complaint, (draft, text) -> Optional.empty());
    }

    /**
     * The same, but what is no number at all is answered by the general words alone. COMPAT:
     * keepalived's {@code preempt_delay}.
     */
    Keyword<T> complainsOfNumbers(String complaint) {
      return completed(
          complaint, (draft, text) -> Optional.empty(), text -> NUMBER.matcher(text).find());
    }

    /** Completes the keyword; a wrong argument sets what {@code otherwise} answers. */
    Keyword<T> complains(String complaint, BiFunction<T, String, Optional<V>> otherwise) {
      return completed(complaint, otherwise, text -> true);
    }

    private Keyword<T> completed(
        String complaint,
        BiFunction<T, String, Optional<V>> otherwise,
        Predicate<String> isComplainedOf) {
      Reader<T> reader =
          (statement, draft, report) -> {
            if (statement.arguments().isEmpty()) {
              alone.ifPresent(value -> sets.accept(draft, value));
              return;
            }
            Token word = statement.arguments().get(0);
            Argument.Parsed<V> parsed = argument.parser().apply(word.text());
            parsed.complaint().ifPresent(text -> report.warn(word, "bad-value", text));
            if (parsed.value().isEmpty()
                && !complaint.isEmpty()
                && isComplainedOf.test(word.text())) {
              report.warn(word, "bad-" + name.replace('_', '-'), fill(complaint, draft, word));
            }
            parsed
                .value()
                .or(() -> otherwise.apply(draft, word.text()))
                .ifPresent(value -> sets.accept(draft, value));
          };
      Keyword<T> keyword = of(name, arity, argument.values(), reader);
      return keyword.with(keyword.facts.alone(alone.map(Value::written)));
    }

    private static final Pattern NUMBER = Pattern.compile("^[-+]?[0-9]*\\.?[0-9]*$");

    private static String written(Object value) {
      return value instanceof Boolean on ? (on ? "on" : "off") : value.toString();
    }

    private static String fill(String complaint, Draft draft, Token word) {
      return complaint.replace("{name}", draft.name()).replace("{value}", word.text());
    }
  }
}
