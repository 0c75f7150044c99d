package org.jkeepalived.lvs.check;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jkeepalived.model.lvs.HttpCheck;
import org.jkeepalived.model.lvs.HttpUrl;

/** {@code HTTP_GET} and {@code SSL_GET}: all urls answer what is wanted. */
final class HttpChecker implements Checker {

  /** COMPAT: the mail does not tell what failed: no connection, no answer or a wrong one. */
  private static final String FAILURE_MAIL = "CHECK failed on service : HTTP request failed";

  private final CheckedServer server;
  private final HttpCheck check;
  private final WebFetcher fetcher;
  private final FailureWords words;
  private final Course course;

  HttpChecker(CheckedServer server, HttpCheck check, WebFetcher fetcher) {
    this.server = server;
    this.check = check;
    this.fetcher = fetcher;
    String name = check.tls().isPresent() ? "SSL_CHECK" : "HTTP_CHECK";
    words = new FailureWords(name, server, check.schedule().retries(), true);
    // COMPAT: a server that was down must answer once more than it has urls
    course = new Course(check.urls().size(), 1, check.fastRecovery(), false);
  }

  @Override
  public String kind() {
    return check.tls().isPresent() ? "SSL_GET" : "HTTP_GET";
  }

  @Override
  public String wellLine() {
    return "Remote Web server " + server.server() + " succeed on service.";
  }

  @Override
  public String wellMail() {
    return "CHECK succeed on service";
  }

  @Override
  public Course course() {
    return course;
  }

  @Override
  public Asking ask(int question, Consumer<Answer> done) {
    HttpUrl url = check.urls().get(question);
    HttpResponseReader reader = new HttpResponseReader(url);
    return fetcher.fetch(
        question(check, url, reader), ending -> done.accept(answer(url, ending, reader)));
  }

  /** What is asked for a url of a check. */
  static WebFetcher.Question question(HttpCheck check, HttpUrl url, HttpResponseReader reader) {
    return new WebFetcher.Question(
        check.connection(),
        check.tls().map(tls -> encryption(tls, url)),
        HttpRequestText.of(check, url),
        reader);
  }

  private static WebFetcher.Encryption encryption(HttpCheck.Tls tls, HttpUrl url) {
    Optional<String> hostName =
        tls.namesServer() ? url.virtualHost().map(HttpChecker::withoutPort) : Optional.empty();
    return new WebFetcher.Encryption(tls.serverName().or(() -> hostName));
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    boolean port =
        colon > 0
            && colon == host.indexOf(':')
            && host.chars().skip(colon + 1L).allMatch(c -> c >= '0' && c <= '9');
    return port ? host.substring(0, colon) : host;
  }

  private Answer answer(HttpUrl url, WebFetcher.Ending ending, HttpResponseReader reader) {
    return switch (ending.kind()) {
      case ANSWERED -> judge(url, reader.response());
      case NOT_ASKED -> new Answer.NotAsked();
      case CONNECT_FAILED, CONNECT_TIMED_OUT, HANDSHAKE_FAILED, READ_FAILED, READ_TIMED_OUT ->
          broken(url, trouble(ending.kind()).orElseThrow(), ending.reason());
    };
  }

  /** keepalived's words for a connection that brought no answer; empty if it brought one. */
  static Optional<String> trouble(WebFetcher.Ending.Kind kind) {
    return switch (kind) {
      case ANSWERED -> Optional.empty();
      case CONNECT_FAILED, NOT_ASKED -> Optional.of("Connection failed");
      case CONNECT_TIMED_OUT -> Optional.of("Timeout connecting");
      case HANDSHAKE_FAILED -> Optional.of("SSL handshake/communication error connecting to");
      case READ_FAILED -> Optional.of("Read error with");
      case READ_TIMED_OUT -> Optional.of("Timeout WEB read");
    };
  }

  private Answer judge(HttpUrl url, HttpResponse response) {
    UrlVerdict verdict = UrlVerdict.of(url, response);
    if (verdict.fault().isPresent()) {
      UrlVerdict.Fault fault = verdict.fault().get();
      return failure(url, fault.kind(), fault.reason());
    }
    List<String> recovery =
        verdict.met().stream()
            .map(what -> what + " success to " + server.server() + " url(" + url.path() + ")")
            .toList();
    return new Answer.Success(shortBody(url, response), recovery, OptionalLong.empty());
  }

  /** COMPAT: half a body passes, with a line. */
  private List<String> shortBody(HttpUrl url, HttpResponse response) {
    long length = response.contentLength().orElse(response.bodyBytes());
    return length == response.bodyBytes()
        ? List.of()
        : List.of(
            "http_check for RS "
                + server.server()
                + " VS "
                + server.service()
                + " url "
                + url.virtualHost().orElse("")
                + url.path()
                + ": content_length ("
                + length
                + ") does not match received bytes ("
                + response.bodyBytes()
                + ")");
  }

  private Answer broken(HttpUrl url, String kind, String reason) {
    return failure(url, kind + " server", reason);
  }

  private Answer failure(HttpUrl url, String kind, String reason) {
    String whole = check.urls().size() == 1 ? reason : "url " + url.path() + ": " + reason;
    return new Answer.Failure(
        words.of(kind + " " + server.server() + ".", whole), whole, FAILURE_MAIL, false);
  }
}
