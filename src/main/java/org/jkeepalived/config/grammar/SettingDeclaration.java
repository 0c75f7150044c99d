package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.model.VrrpInstance;

/**
 * A {@link Setting} that has not yet said what it sets. In complaints {@code {name}} stands for the
 * instance's name, {@code {keyword}} for the keyword and {@code {value}} for what was written.
 */
final class SettingDeclaration<V> {

  private static final String INSTANCE_PREFIX = "({name}): ";

  private final String name;
  private final Argument<V> argument;
  private final Optional<V> alone;
  private Argument<V> globalArgument;
  private String globalName;
  private boolean globalFlag;
  private boolean instanceFlag;
  private String complaint = "";
  private String globalComplaint = "";
  private Optional<String> missing = Optional.empty();
  private Optional<V> insteadOfZero = Optional.empty();
  private Optional<Option<V>> option = Optional.empty();
  private Optional<String> oldName = Optional.empty();
  private Default<V> byDefault = new Default<>(Standard.NONE, globals -> missing());
  private Optional<Strict<V>> strict = Optional.empty();
  private String documentation = "";

  /** What holds where nothing is said. */
  private record Default<V>(Standard shown, Function<GlobalDraft, V> value) {}

  /** A word that may stand beside the value, and what it makes of it. */
  private record Option<V>(String word, UnaryOperator<V> change) {}

  /**
   * What strict mode makes of a setting.
   *
   * @param written the same as it would be written
   * @param complaint what an instance hears that says something else
   * @param concernsGlobals whether it hears the same if {@code global_defs} says something else
   */
  record Strict<V>(
      V value, String written, String code, String complaint, boolean concernsGlobals) {}

  /**
   * @param alone what the keyword says without an argument; empty if it needs one
   */
  SettingDeclaration(String name, Argument<V> argument, Optional<V> alone) {
    this.name = name;
    this.argument = argument;
    this.alone = alone;
    this.globalArgument = argument;
    this.globalName = "vrrp_" + name;
  }

  private V missing() {
    throw new IllegalStateException(name + " has no default");
  }

  String name() {
    return name;
  }

  String globalName() {
    return globalName;
  }

  V standard(GlobalDraft globals) {
    return byDefault.value.apply(globals);
  }

  Optional<Strict<V>> strict() {
    return strict;
  }

  /** The keyword of {@code global_defs}, where it is not the same with {@code vrrp_} before. */
  SettingDeclaration<V> global(String keyword) {
    globalName = keyword;
    return this;
  }

  /** COMPAT: keepalived does not look at what stands after the keyword of global_defs. */
  SettingDeclaration<V> globalFlag() {
    globalFlag = true;
    return this;
  }

  /** COMPAT: the same, and after the keyword of an instance. */
  SettingDeclaration<V> flags() {
    instanceFlag = true;
    return globalFlag();
  }

  /** COMPAT: what may stand after the keyword of global_defs, where that is something else. */
  SettingDeclaration<V> inGlobals(Argument<V> other) {
    globalArgument = other;
    return this;
  }

  /** An old spelling of the keyword in either block, there with {@code vrrp_} before. */
  SettingDeclaration<V> oldSpelling(String old) {
    oldName = Optional.of(old);
    return this;
  }

  /** What is said to a wrong argument in either block. */
  SettingDeclaration<V> complains(String text) {
    return complains(INSTANCE_PREFIX + text, text);
  }

  /** What is said to a wrong argument in an instance, and in global_defs. */
  SettingDeclaration<V> complains(String inInstance, String inGlobals) {
    complaint = inInstance;
    globalComplaint = inGlobals;
    return this;
  }

  /** What is said, and no more, where the argument is missing. */
  SettingDeclaration<V> complainsOfMissing(String text) {
    missing = Optional.of(text);
    return this;
  }

  /** There must be one at least: 0 is answered, and becomes 1. */
  SettingDeclaration<V> atLeast(V one) {
    insteadOfZero = Optional.of(one);
    return this;
  }

  /** A word that may stand beside the value, before or behind it, and what it makes of it. */
  SettingDeclaration<V> option(String word, UnaryOperator<V> change) {
    option = Optional.of(new Option<>(word, change));
    return this;
  }

  /** What holds where nothing is said, as it would be written. */
  SettingDeclaration<V> standard(String written) {
    V value = parsed(written);
    return byDefault(new Standard(Standard.Kind.WRITTEN, written, ""), globals -> value);
  }

  /** The same, and what holds instead with {@code vrrp_min_garp}. */
  SettingDeclaration<V> standard(String written, String minimal) {
    V value = parsed(written);
    V least = parsed(minimal);
    return byDefault(
        new Standard(Standard.Kind.WRITTEN, written, minimal + " with vrrp_min_garp"),
        globals -> globals.minimalAnnouncements ? least : value);
  }

  /** What global_defs says of another setting holds where nothing is said of this one. */
  SettingDeclaration<V> standardOf(Setting<V> other) {
    return byDefault(
        new Standard(Standard.Kind.OF_GLOBAL, other.globalName(), ""), other::standard);
  }

  private SettingDeclaration<V> byDefault(Standard shown, Function<GlobalDraft, V> value) {
    byDefault = new Default<>(shown, value);
    return this;
  }

  private V parsed(String written) {
    return argument.parser().apply(written).value().orElseThrow();
  }

  /**
   * What strict mode makes of it, as it would be written, and what an instance hears that says
   * something else.
   */
  SettingDeclaration<V> strictly(String written, String code, String complaint) {
    strict = Optional.of(new Strict<>(parsed(written), written, code, complaint, false));
    return this;
  }

  /** The same, also where global_defs says something else. */
  SettingDeclaration<V> strictlyEverywhere(String written, String code, String complaint) {
    strict = Optional.of(new Strict<>(parsed(written), written, code, complaint, true));
    return this;
  }

  SettingDeclaration<V> doc(String text) {
    documentation = text;
    return this;
  }

  /** Completes the declaration: what the setting changes in the model. */
  Setting<V> sets(BiFunction<VrrpInstance, V, VrrpInstance> change) {
    return new Setting<>(this, change);
  }

  /** The keywords of instances: today's, and the old one if there is one. */
  <T extends Draft> List<Keyword<T>> inInstances(BiConsumer<T, V> put) {
    List<Keyword<T>> keywords = new ArrayList<>();
    keywords.add(inInstances(name, put));
    oldName.ifPresent(old -> keywords.add(deprecated(inInstances(old, put), name)));
    return keywords;
  }

  private <T extends Draft> Keyword<T> inInstances(String keyword, BiConsumer<T, V> put) {
    Keyword<T> read =
        instanceFlag
            ? Keyword.flag(keyword, draft -> put.accept(draft, alone.orElseThrow()))
            : this.keyword(keyword, argument, complaint, put);
    return read.standardOf(globalName).strictly(strict.map(Strict::written)).doc(documentation);
  }

  /** The keywords of {@code global_defs}. */
  <T extends Draft> List<Keyword<T>> inGlobals(BiConsumer<T, V> put) {
    if (globalFlag) {
      return List.of(
          Keyword.<T>flag(globalName, draft -> put.accept(draft, alone.orElseThrow()))
              .standardInWords(byDefault.shown.text())
              .doc(documentation));
    }
    List<Keyword<T>> keywords = new ArrayList<>();
    keywords.add(inGlobals(globalName, put));
    oldName.ifPresent(old -> keywords.add(deprecated(inGlobals("vrrp_" + old, put), globalName)));
    return keywords;
  }

  private <T extends Draft> Keyword<T> inGlobals(String keyword, BiConsumer<T, V> put) {
    return this.<T>keyword(keyword, globalArgument, globalComplaint, put)
        .standard(byDefault.shown)
        .doc(documentation);
  }

  private static <T extends Draft> Keyword<T> deprecated(Keyword<T> old, String today) {
    return old.replacedBy(
        today, "Keyword \"" + old.name() + "\" is deprecated - please use \"" + today + "\"");
  }

  private <T extends Draft> Keyword<T> keyword(
      String keyword, Argument<V> argument, String complaint, BiConsumer<T, V> put) {
    boolean optional = alone.isPresent() || missing.isPresent();
    Function<BiConsumer<T, V>, Keyword<T>> reading =
        sets ->
            new Keyword.Value<>(
                    keyword, optional ? Arity.OPTIONAL : Arity.REQUIRED, argument, alone, sets)
                .complains(complaint.replace("{keyword}", keyword));
    String who = complaint.startsWith(INSTANCE_PREFIX) ? INSTANCE_PREFIX : "";
    Keyword<T> read = reading.apply(put);
    if (insteadOfZero.isPresent()) {
      read =
          read.unlessZero(
              who + keyword + " must be greater than 0, setting to 1",
              draft -> put.accept(draft, insteadOfZero.get()));
    }
    if (missing.isPresent()) {
      read = read.unlessMissing(who + missing.get().replace("{keyword}", keyword));
    }
    if (option.isPresent()) {
      UnaryOperator<V> change = option.get().change();
      read =
          read.withOption(
              option.get().word(),
              reading.apply((draft, value) -> put.accept(draft, change.apply(value))));
    }
    return read;
  }
}
