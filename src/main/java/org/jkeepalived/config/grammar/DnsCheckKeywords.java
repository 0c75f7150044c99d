package org.jkeepalived.config.grammar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jkeepalived.config.grammar.ConnectionKeywords.ConnectingDraft;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.DnsCheck;
import org.jkeepalived.model.lvs.DnsCheck.Type;

/** {@code DNS_CHECK}: a name server answers. */
final class DnsCheckKeywords {

  private static final int RETRIES = 3;

  /** RFC 1035, 2.3.4: of a label, and of a name with the length of each label and its end. */
  private static final int LONGEST_LABEL = 63;

  private static final int LONGEST_NAME = 255;

  private DnsCheckKeywords() {}

  private static final class DnsDraft extends ConnectingDraft {
    private Type type = Type.SOA;
    private Optional<String> name = Optional.empty();

    private DnsDraft(RealServerDraft server) {
      super(server);
    }

    @Override
    Optional<Check> complete(Surroundings around) {
      return Optional.of(
          new DnsCheck(scheduleByInterval(around, RETRIES), connection(), type, name.orElse("")));
    }
  }

  static final Keyword<RealServerDraft> KEYWORD =
      CheckKeywords.check(
              new Block<DnsDraft>(
                  CheckKeywords.path("DNS_CHECK"), ConnectionKeywords.table(), table()),
              DnsDraft::new,
              (draft, end, report) -> true)
          .doc("well while a name server answers, over UDP");

  private static List<Keyword<DnsDraft>> table() {
    return List.of(
        Keyword.<DnsDraft>custom(
                "type",
                Arity.REQUIRED,
                Arrays.stream(Type.values()).map(Type::name).collect(Collectors.joining("|")),
                DnsCheckKeywords::type)
            .standard("SOA")
            .doc("what to ask for"),
        Keyword.<DnsDraft>custom("name", Arity.REQUIRED, "DOMAIN", DnsCheckKeywords::name)
            .standardInWords("the root")
            .doc("the name to ask for"));
  }

  private static void type(Statement statement, DnsDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    Arrays.stream(Type.values())
        .filter(one -> one.name().equalsIgnoreCase(word.text()))
        .findFirst()
        .ifPresentOrElse(
            one -> draft.type = one,
            () ->
                report.warn(
                    word, "bad-dns-type", "Unknown DNS check type " + word.text() + " - ignoring"));
  }

  private static void name(Statement statement, DnsDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    if (draft.name.isPresent()) {
      report.warn(word, "second-dns-name", "DNS_CHECK name already specified - ignoring");
      return;
    }
    String bare = withoutLastDot(word.text());
    List<String> labels = List.of(bare.split("\\.", -1));
    if (!bare.isEmpty() && labels.contains("")) {
      // COMPAT: keepalived 2.2.7 says so of a first label of one letter, too; we do not
      report.warn(
          word, "bad-dns-name", "DNS_CHECK name '" + word.text() + "' has empty label - ignoring");
    } else if (labels.stream().anyMatch(label -> bytes(label) > LONGEST_LABEL)
        || bytes(bare) + 2 > LONGEST_NAME) {
      // COMPAT: keepalived takes it, and asks for what is no name
      report.aside(
          word, "bad-dns-name", "DNS_CHECK name '" + word.text() + "' is too long - ignoring");
    } else {
      draft.name = Optional.of(word.text());
    }
  }

  private static String withoutLastDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
