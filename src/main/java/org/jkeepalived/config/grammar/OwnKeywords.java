package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Token;

/** {@code jkeepalived { … }}: what keepalived does not have. */
final class OwnKeywords {

  private OwnKeywords() {}

  static final Block<GlobalDraft> BLOCK =
      new Block<>(
          "jkeepalived",
          List.of(
              Keyword.<GlobalDraft>custom(
                      "compat",
                      Keyword.Arity.REQUIRED,
                      "VERSION",
                      (statement, draft, report) -> {
                        Token version = statement.arguments().get(0);
                        if (version.is("1.3")) {
                          draft.compatibleWith13 = true;
                        } else {
                          report.at(
                              version,
                              Severity.WARNING,
                              "bad-compat",
                              "compat '" + version.text() + "' is unknown - ignoring",
                              "the only version to be compatible with is 1.3");
                        }
                      })
                  .doc("1.3: send the password in strict mode too, as keepalived 1.3 did"),
              Keyword.<GlobalDraft>custom(
                      "control_group",
                      Keyword.Arity.REQUIRED,
                      "GROUP",
                      (statement, draft, report) ->
                          draft.controlGroup = Optional.of(statement.arguments().get(0).text()))
                  .standardInWords("root alone")
                  .doc("the group whose members may ask and command the daemon as root does")),
          AllowFromKeywords.ownTable(),
          OversightKeywords.ownTable(),
          MailKeywords.ownTable(),
          DirectorKeywords.ownTable());
}
