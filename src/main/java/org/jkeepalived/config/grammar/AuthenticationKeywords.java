package org.jkeepalived.config.grammar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.grammar.InstanceDraft.AuthenticationType;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;

/** {@code authentication}, of version 2 only. */
final class AuthenticationKeywords {

  private static final int MAX_PASSWORD_BYTES = 8;

  private AuthenticationKeywords() {}

  static final Block<InstanceDraft> BLOCK =
      new Block<>(
          "vrrp_instance/authentication",
          List.of(
              Keyword.<InstanceDraft>custom(
                      "auth_type", Arity.REQUIRED, "PASS|AH", AuthenticationKeywords::type)
                  .standardInWords("none")
                  .doc(
                      "PASS: a password in the clear; AH: IPsec's authentication header, HMAC-MD5-96"),
              Keyword.<InstanceDraft>custom(
                      "auth_pass", Arity.REQUIRED, "STRING", AuthenticationKeywords::password)
                  .doc("the password, of which eight bytes count")));

  private static void type(Statement statement, InstanceDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    switch (word.text()) {
      case "PASS" -> draft.authenticationType = Optional.of(AuthenticationType.PASS);
      case "AH" -> draft.authenticationType = Optional.of(AuthenticationType.AH);
      default ->
          report.warn(
              word,
              "bad-auth-type",
              "(" + draft.name() + ") unknown authentication type '" + word.text() + "'");
    }
  }

  private static void password(Statement statement, InstanceDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    byte[] bytes = word.text().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_PASSWORD_BYTES) {
      report.warn(word, "long-auth-pass", "Truncating auth_pass to 8 characters");
    }
    draft.password = Optional.of(Arrays.copyOf(bytes, Math.min(bytes.length, MAX_PASSWORD_BYTES)));
  }
}
