package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;

/**
 * The keywords that stand in virtual servers and in real servers, each with words of its own for
 * what is wrong and for what holds without it.
 *
 * @param <D> whose they are
 */
final class ServerKeywords<D extends ServerDraft> {

  private final String whose;
  private final String block;

  private ServerKeywords(String whose) {
    this.whose = whose;
    this.block = whose.replace(' ', '_');
  }

  static List<Keyword<VirtualServerDraft>> ofVirtualServers() {
    ServerKeywords<VirtualServerDraft> keywords = new ServerKeywords<>("virtual server");
    return List.of(
        keywords
            .smtpAlert()
            .standardInWords("no, unless global_defs says smtp_alert or smtp_alert_checker")
            .doc("send a mail when the quorum is gained or lost"),
        keywords.virtualHost().standardInWords("the address and port that are asked"),
        keywords.snmpName());
  }

  static List<Keyword<RealServerDraft>> ofRealServers() {
    ServerKeywords<RealServerDraft> keywords = new ServerKeywords<>("real server");
    return List.of(
        keywords
            .smtpAlert()
            .standardInWords("yes, unless global_defs says smtp_alert or smtp_alert_checker")
            .doc("send a mail when it fails and when it is back"),
        keywords.virtualHost().standardInWords("virtualhost of the virtual server"),
        keywords.snmpName());
  }

  private Keyword<D> smtpAlert() {
    return Keyword.<D>toggle("smtp_alert", (d, on) -> d.mail = Optional.of(on))
        .complains("Invalid " + block + " smtp_alert parameter {value}");
  }

  private Keyword<D> virtualHost() {
    return Keyword.<D>custom(
            "virtualhost",
            Arity.OPTIONAL,
            "NAME",
            (statement, draft, report) ->
                draft.virtualHost = virtualHost(statement, report).or(() -> draft.virtualHost))
        .doc("which host HTTP checks ask for");
  }

  private Optional<String> virtualHost(Statement statement, GrammarReport report) {
    if (statement.arguments().isEmpty()) {
      report.warn(statement.keyword(), "missing-virtualhost", whose + " virtualhost missing");
    }
    return statement.arguments().stream().findFirst().map(Token::text);
  }

  private Keyword<D> snmpName() {
    return Keyword.<D>custom(
            "snmp_name",
            Arity.OPTIONAL,
            "NAME",
            (statement, draft, report) ->
                draft.snmpName = snmpName(statement, report).or(() -> draft.snmpName))
        .doc("what SNMP calls it");
  }

  private Optional<String> snmpName(Statement statement, GrammarReport report) {
    if (statement.arguments().size() != 1) {
      report.warn(
          statement.keyword(),
          "missing-snmp-name",
          whose + " snmp_name missing or extra parameters");
      return Optional.empty();
    }
    return Optional.of(statement.arguments().get(0).text());
  }
}
