package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
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

  private final SettingDeclaration<V> declared;
  private final BiFunction<VrrpInstance, V, VrrpInstance> sets;

  /**
   * @param sets what the setting changes in the model
   */
  Setting(SettingDeclaration<V> declared, BiFunction<VrrpInstance, V, VrrpInstance> sets) {
    this.declared = declared;
    this.sets = sets;
  }

  /** One that says yes when its keyword stands alone, and may say no. */
  static SettingDeclaration<Boolean> toggle(String name) {
    return new SettingDeclaration<>(name, Argument.bool(), Optional.of(true))
        .complains(
            "({name}) invalid {keyword} {value} specified",
            "Invalid value for {keyword} specified");
  }

  /** One whose keyword needs an argument. */
  static <V> SettingDeclaration<V> value(String name, Argument<V> argument) {
    return new SettingDeclaration<>(name, argument, Optional.empty());
  }

  /** The keywords of {@code vrrp_instance}. */
  static List<Keyword<InstanceDraft>> ofInstances(List<Setting<?>> settings) {
    return settings.stream()
        .<Keyword<InstanceDraft>>flatMap(setting -> setting.ofInstance().stream())
        .toList();
  }

  /** The keywords of {@code global_defs}. */
  static List<Keyword<GlobalDraft>> ofGlobals(List<Setting<?>> settings) {
    return settings.stream()
        .<Keyword<GlobalDraft>>flatMap(setting -> setting.ofGlobals().stream())
        .toList();
  }

  private List<Keyword<InstanceDraft>> ofInstance() {
    return declared.inInstances((draft, value) -> draft.settings.put(this, value));
  }

  private List<Keyword<GlobalDraft>> ofGlobals() {
    return declared.inGlobals((draft, value) -> draft.settings.put(this, value));
  }

  /** The keyword of {@code global_defs}. */
  String globalName() {
    return declared.globalName();
  }

  /** What holds where an instance says nothing. */
  V standard(GlobalDraft globals) {
    return globals.settings.get(this).orElseGet(() -> declared.standard(globals));
  }

  /** An instance with what holds where it says nothing. */
  VrrpInstance byDefault(VrrpInstance instance, GlobalDraft globals) {
    return sets.apply(instance, standard(globals));
  }

  /** Whether an instance names it. */
  boolean isSaid(InstanceDraft draft) {
    return draft.settings.has(this);
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
    Optional<SettingDeclaration.Strict<V>> rule = declared.strict();
    if (!strict || rule.isEmpty()) {
      return sets.apply(instance, wanted);
    }
    V always = rule.get().value();
    Optional<V> said =
        rule.get().concernsGlobals() ? Optional.of(wanted) : draft.settings.get(this);
    if (said.isPresent() && !said.get().equals(always)) {
      report.whole(
          draft.placeOf(declared.name()),
          Severity.WARNING,
          rule.get().code(),
          "(" + draft.name() + ") " + rule.get().complaint());
    }
    return sets.apply(instance, always);
  }
}
