package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.model.VrrpInstance;

/**
 * A setting of instances, everything there is to know about it: the keyword in {@code
 * vrrp_instance}, the keyword in {@code global_defs} that names another default, what may stand
 * after them, what holds where neither is there, what strict mode makes of it, and what it changes
 * in the model.
 *
 * <p>One more of them is a declaration in {@link InstanceSettings}, a component of a part of {@link
 * VrrpInstance}, and a line each in {@code InstanceText} and {@code JsonText}.
 */
final class Setting<V> {

  private final Declaration<V> declared;
  private final BiFunction<VrrpInstance, V, VrrpInstance> sets;

  private Setting(Declaration<V> declared, BiFunction<VrrpInstance, V, VrrpInstance> sets) {
    this.declared = declared;
    this.sets = sets;
  }

  /** One that says yes when its keyword stands alone, and may say no. */
  static Declaration<Boolean> toggle(String name) {
    return new Declaration<>(name, Argument.bool(), Optional.of(true))
        .complains(
            "({name}) invalid {keyword} {value} specified",
            "Invalid value for {keyword} specified");
  }

  /** One whose keyword needs an argument. */
  static <V> Declaration<V> value(String name, Argument<V> argument) {
    return new Declaration<>(name, argument, Optional.empty());
  }

  /** The keywords of {@code vrrp_instance}. */
  static List<Keyword<InstanceDraft>> ofInstances(List<Setting<?>> settings) {
    return settings.stream().<Keyword<InstanceDraft>>map(Setting::ofInstance).toList();
  }

  /** The keywords of {@code global_defs}. */
  static List<Keyword<GlobalDraft>> ofGlobals(List<Setting<?>> settings) {
    return settings.stream().<Keyword<GlobalDraft>>map(Setting::ofGlobals).toList();
  }

  private Keyword<InstanceDraft> ofInstance() {
    return declared
        .<InstanceDraft>keyword(declared.name, declared.complaint, this::putIntoInstance)
        .standardOf(declared.globalName)
        .strictly(declared.strict.map(Strict::written))
        .doc(declared.documentation);
  }

  private void putIntoInstance(InstanceDraft draft, V value) {
    draft.settings.put(this, value);
  }

  private Keyword<GlobalDraft> ofGlobals() {
    BiConsumer<GlobalDraft, V> put = (draft, value) -> draft.settings.put(this, value);
    Standard standard = declared.byDefault.shown();
    if (declared.globalFlag) {
      return Keyword.<GlobalDraft>flag(
              declared.globalName, draft -> put.accept(draft, declared.alone.orElseThrow()))
          .standardInWords(standard.text())
          .doc(declared.documentation);
    }
    return declared
        .keyword(declared.globalName, declared.globalComplaint, put)
        .standard(standard)
        .doc(declared.documentation);
  }

  /** What holds where an instance says nothing. */
  V standard(GlobalDraft globals) {
    return globals.settings.get(this).orElseGet(() -> declared.byDefault.value().apply(globals));
  }

  /** What an instance wants; strict mode has not had its say. */
  V wanted(InstanceDraft draft, GlobalDraft globals) {
    return draft.settings.get(this).orElseGet(() -> standard(globals));
  }

  /**
   * The instance with this setting.
   *
   * @param strict whether the instance is in strict mode
   */
  VrrpInstance complete(
      VrrpInstance instance,
      InstanceDraft draft,
      GlobalDraft globals,
      boolean strict,
      GrammarReport report) {
    V wanted = wanted(draft, globals);
    if (!strict || declared.strict.isEmpty()) {
      return sets.apply(instance, wanted);
    }
    Strict<V> rule = declared.strict.get();
    Optional<V> said = rule.concernsGlobals ? Optional.of(wanted) : draft.settings.get(this);
    if (said.isPresent() && !said.get().equals(rule.value)) {
      report.whole(
          draft.placeOf(declared.name),
          Severity.WARNING,
          rule.code,
          "(" + draft.name() + ") " + rule.complaint);
    }
    return sets.apply(instance, rule.value);
  }

  /** What holds where nothing is said. */
  private record Default<V>(Standard shown, Function<GlobalDraft, V> value) {}

  /**
   * What strict mode makes of a setting.
   *
   * @param written the same as it would be written
   * @param complaint what an instance hears that says something else
   * @param concernsGlobals whether it hears the same if {@code global_defs} says something else
   */
  private record Strict<V>(
      V value, String written, String code, String complaint, boolean concernsGlobals) {}

  /**
   * A setting that has not yet said what it sets. In complaints {@code {name}} stands for the
   * instance's name, {@code {keyword}} for the keyword and {@code {value}} for what was written.
   */
  static final class Declaration<V> {
    private final String name;
    private final Argument<V> argument;
    private final Optional<V> alone;
    private String globalName;
    private boolean globalFlag;
    private String complaint = "";
    private String globalComplaint = "";
    private Optional<V> insteadOfZero = Optional.empty();
    private Default<V> byDefault;
    private Optional<Strict<V>> strict = Optional.empty();
    private String documentation = "";

    private Declaration(String name, Argument<V> argument, Optional<V> alone) {
      this.name = name;
      this.argument = argument;
      this.alone = alone;
      this.globalName = "vrrp_" + name;
      this.byDefault = new Default<>(Standard.NONE, globals -> missing());
    }

    private V missing() {
      throw new IllegalStateException(name + " has no default");
    }

    /** The keyword of {@code global_defs}, where it is not the same with {@code vrrp_} before. */
    Declaration<V> global(String keyword) {
      globalName = keyword;
      return this;
    }

    /** COMPAT: keepalived does not look at what stands after the keyword of global_defs. */
    Declaration<V> globalFlag() {
      globalFlag = true;
      return this;
    }

    /** What is said to a wrong argument in either block. */
    Declaration<V> complains(String text) {
      return complains("({name}): " + text, text);
    }

    /** What is said to a wrong argument in an instance, and in global_defs. */
    Declaration<V> complains(String inInstance, String inGlobals) {
      complaint = inInstance;
      globalComplaint = inGlobals;
      return this;
    }

    /** There must be one at least: 0 is answered, and becomes 1. */
    Declaration<V> atLeast(V one) {
      insteadOfZero = Optional.of(one);
      return this;
    }

    /** What holds where nothing is said, as it would be written. */
    Declaration<V> standard(String written) {
      V value = parsed(written);
      return byDefault(new Standard(Standard.Kind.WRITTEN, written, ""), globals -> value);
    }

    /** The same, and what holds instead with {@code vrrp_min_garp}. */
    Declaration<V> standard(String written, String minimal) {
      V value = parsed(written);
      V least = parsed(minimal);
      return byDefault(
          new Standard(Standard.Kind.WRITTEN, written, minimal + " with vrrp_min_garp"),
          globals -> globals.minimalAnnouncements ? least : value);
    }

    /** What global_defs says of another setting holds where nothing is said of this one. */
    Declaration<V> standardOf(Setting<V> other) {
      return byDefault(
          new Standard(Standard.Kind.OF_GLOBAL, other.declared.globalName, ""), other::standard);
    }

    private Declaration<V> byDefault(Standard shown, Function<GlobalDraft, V> value) {
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
    Declaration<V> strictly(String written, String code, String complaint) {
      strict = Optional.of(new Strict<>(parsed(written), written, code, complaint, false));
      return this;
    }

    /** The same, also where global_defs says something else. */
    Declaration<V> strictlyEverywhere(String written, String code, String complaint) {
      strict = Optional.of(new Strict<>(parsed(written), written, code, complaint, true));
      return this;
    }

    Declaration<V> doc(String text) {
      documentation = text;
      return this;
    }

    /** Completes the declaration: what the setting changes in the model. */
    Setting<V> sets(BiFunction<VrrpInstance, V, VrrpInstance> change) {
      return new Setting<>(this, change);
    }

    private <T extends Draft> Keyword<T> keyword(
        String keyword, String complaint, BiConsumer<T, V> put) {
      Keyword<T> plain =
          new Keyword.Value<>(
                  keyword,
                  alone.isPresent() ? Arity.OPTIONAL : Arity.REQUIRED,
                  argument,
                  alone,
                  put)
              .complains(complaint.replace("{keyword}", keyword));
      return insteadOfZero
          .map(
              one ->
                  plain.unlessZero(
                      (complaint.startsWith("({name}): ") ? "({name}): " : "")
                          + keyword
                          + " must be greater than 0, setting to 1",
                      draft -> put.accept(draft, one)))
          .orElse(plain);
    }
  }
}
