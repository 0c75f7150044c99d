package org.jkeepalived.config.grammar;

import java.util.Optional;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.model.Firewall;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.VrrpInstance.Conduct.Rule;

/** Whether an instance's addresses answer although it is not their owner. */
final class AcceptMode {

  private AcceptMode() {}

  /**
   * The instance with that said.
   *
   * @param instance its version and strictness are those of the finished instance
   * @param owner whether its priority is 255
   */
  static VrrpInstance complete(
      VrrpInstance instance,
      InstanceDraft draft,
      GlobalDraft globals,
      boolean owner,
      GrammarReport report) {
    boolean strict = instance.conduct().strict();
    Optional<Boolean> asked = draft.accept;
    if (strict && instance.protocol().version() == 2 && !owner && asked.orElse(false)) {
      report.whole(
          draft.placeOf("accept"),
          Severity.WARNING,
          "strict-accept",
          "("
              + draft.name()
              + ") warning - accept mode for VRRP version 2 does not comply with RFC3768"
              + " - resetting");
      asked = Optional.empty();
    }
    boolean accept = asked.orElse(!strict || owner);
    if (accept || owner) {
      return instance.conduct(instance.conduct().with(Rule.ACCEPT, accept));
    }
    Optional<Firewall> firewall = globals.firewall.firewall();
    return instance.conduct(
        instance.conduct().with(Rule.ACCEPT, firewall.isEmpty()).firewall(firewall));
  }
}
