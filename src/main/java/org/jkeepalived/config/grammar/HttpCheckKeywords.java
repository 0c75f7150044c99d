package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.grammar.ConnectionKeywords.ConnectingDraft;
import org.jkeepalived.config.grammar.HttpUrlKeywords.UrlDraft;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.HttpCheck;
import org.jkeepalived.model.lvs.HttpCheck.Version;

/** {@code HTTP_GET} and {@code SSL_GET}: all urls answer what is wanted. */
final class HttpCheckKeywords {

  private HttpCheckKeywords() {}

  /** What has been read of one check. */
  static final class HttpDraft extends ConnectingDraft {
    private final boolean encrypted;
    private final List<UrlDraft> urls = new ArrayList<>();
    private Version version = Version.HTTP_1_0;
    private boolean fastRecovery;
    private Optional<String> virtualHost = Optional.empty();
    private boolean namesServer;
    private Optional<String> serverName = Optional.empty();
    private boolean compliant;

    /** A url cannot be asked for what it wants: without it the check would pass too easily. */
    private boolean refused;

    private HttpDraft(RealServerDraft server, boolean encrypted) {
      super(server);
      this.encrypted = encrypted;
    }

    @Override
    Optional<Check> complete(Surroundings around) {
      Optional<String> host =
          virtualHost.or(() -> server.virtualHost).or(() -> server.service.virtualHost);
      return Optional.of(
          new HttpCheck(
              schedule(around, 1, 3),
              connection(),
              version,
              fastRecovery,
              encrypted
                  ? Optional.of(new HttpCheck.Tls(namesServer, serverName, compliant))
                  : Optional.empty(),
              urls.stream().map(url -> url.complete(host)).toList()));
    }
  }

  static final Keyword<RealServerDraft> HTTP_GET =
      CheckKeywords.check(
              block("HTTP_GET"),
              server -> new HttpDraft(server, false),
              HttpCheckKeywords::isComplete)
          .doc("well while all urls answer what is wanted, over HTTP");

  static final Keyword<RealServerDraft> SSL_GET =
      CheckKeywords.check(
              block("SSL_GET"),
              server -> new HttpDraft(server, true),
              HttpCheckKeywords::isComplete)
          .doc("well while all urls answer what is wanted, over HTTPS");

  private static Block<HttpDraft> block(String name) {
    String path = CheckKeywords.path(name);
    return new Block<>(path, ConnectionKeywords.table(), table(path));
  }

  private static List<Keyword<HttpDraft>> table(String path) {
    return List.of(
        Keyword.<HttpDraft, Long>value(
                "nb_get_retry", Argument.unsigned(), (d, n) -> d.timing().retries = Optional.of(n))
            .complains("Invalid nb_get_retry value '{value}'")
            .replacedBy("retry", "nb_get_retry is deprecated - please use 'retry'")
            .doc("how often a failed check is tried again before the server is taken out"),
        Keyword.<HttpDraft>custom(
                "virtualhost", Arity.OPTIONAL, "NAME", HttpCheckKeywords::virtualHost)
            .standardInWords("virtualhost of the real server")
            .doc("which host to ask for"),
        Keyword.<HttpDraft>custom(
                "http_protocol", Arity.OPTIONAL, "1.0|1.0C|1.1", HttpCheckKeywords::version)
            .standard("1.0")
            .doc("which HTTP is spoken"),
        Keyword.<HttpDraft>flag("enable_sni", d -> d.namesServer = true)
            .doc("tell the virtual host in the TLS handshake"),
        Keyword.<HttpDraft>custom(
                "sni_name",
                Arity.REQUIRED,
                "NAME",
                (statement, d, report) ->
                    d.serverName = Optional.of(statement.arguments().get(0).text()))
            .doc("tell this name in the TLS handshake"),
        Keyword.<HttpDraft>toggle("fast_recovery", (d, on) -> d.fastRecovery = on)
            .complains("Invalid fast_recovery parameter {value}")
            .standard("no")
            .doc("after a failure ask for the urls without a pause between them"),
        Keyword.<HttpDraft>flag("tls_compliant", d -> d.compliant = true)
            .doc("close the TLS connection with a close_notify"),
        url(path));
  }

  private static Keyword<HttpDraft> url(String path) {
    Block<UrlDraft> block = HttpUrlKeywords.block(path + "/url");
    return Keyword.<HttpDraft>custom(
            "url",
            Arity.BLOCK,
            Values.NONE,
            (statement, draft, report) -> {
              UrlDraft url = new UrlDraft(draft.name());
              statement.block().ifPresent(b -> block.read(b.statements(), url, report));
              Token end =
                  statement.block().flatMap(Statement.Block::close).orElse(statement.keyword());
              draft.refused |= url.refused();
              if (url.isComplete()) {
                draft.urls.add(url);
              } else {
                report.warn(end, "no-path", "HTTP/SSL_GET checker url has no path - ignoring");
              }
            })
        .opens(block)
        .doc("what is asked for, and what answer is wanted");
  }

  private static void virtualHost(Statement statement, HttpDraft draft, GrammarReport report) {
    if (statement.arguments().isEmpty()) {
      report.warn(statement.keyword(), "missing-virtualhost", "HTTP_GET virtualhost name missing");
      return;
    }
    draft.virtualHost = Optional.of(statement.arguments().get(0).text());
  }

  private static void version(Statement statement, HttpDraft draft, GrammarReport report) {
    if (statement.arguments().isEmpty()) {
      report.warn(statement.keyword(), "missing-parameter", "Missing http_protocol version");
      return;
    }
    Token word = statement.arguments().get(0);
    Arrays.stream(Version.values())
        .filter(one -> one.text().equalsIgnoreCase(word.text()))
        .findFirst()
        .ifPresentOrElse(
            one -> draft.version = one,
            () ->
                report.warn(
                    word, "bad-http-protocol", "Invalid http_protocol version " + word.text()));
  }

  private static boolean isComplete(HttpDraft draft, Token end, GrammarReport report) {
    if (draft.urls.isEmpty()) {
      report.warn(end, "no-url", "HTTP/SSL_GET checker has no urls specified - ignoring");
      return false;
    }
    return !draft.refused;
  }
}
