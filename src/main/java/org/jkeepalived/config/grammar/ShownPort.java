package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;

/**
 * The port that a server is spoken to where it is another one than its line says; see {@link
 * ServerPorts}.
 *
 * @param text the port; empty where the service has none
 * @param remark why
 */
record ShownPort(String text, String remark) {

  private static final Set<String> SERVERS = Set.of("real_server", "sorry_server");
  private static final Set<String> METHODS = Set.of("NAT", "DR", "TUN");
  private static final int PORT_WORD = 2;

  /**
   * Of a server in the block of its service.
   *
   * @return empty where the line means what it says, or is no server's
   */
  static Optional<ShownPort> of(Statement service, Statement server) {
    if (!service.keyword().is("virtual_server")
        || service.block().isEmpty()
        || !SERVERS.contains(server.keyword().text())
        || server.words().size() <= PORT_WORD) {
      return Optional.empty();
    }
    String method = method(service, server);
    String written = server.words().get(PORT_WORD).text();
    return method.equals("NAT")
        ? Optional.empty()
        : port(service)
            .filter(port -> !port.equals(written))
            .map(
                port ->
                    new ShownPort(
                        port, "not " + written + ": " + method + " keeps the port of the service"));
  }

  /** The service's; empty text where it has none, empty where every member of a group has one. */
  private static Optional<String> port(Statement service) {
    List<Token> words = service.words();
    return switch (words.size() < 2 ? "group" : words.get(1).text()) {
      case "group" -> Optional.empty();
      case "fwmark" -> Optional.of("");
      default -> Optional.of(words.size() <= PORT_WORD ? "" : words.get(PORT_WORD).text());
    };
  }

  private static String method(Statement service, Statement server) {
    List<Statement> inService = service.block().orElseThrow().statements();
    Optional<String> own =
        server.keyword().is("sorry_server")
            ? last(inService, Set.of("sorry_server_lvs_method"))
            : server.block().flatMap(block -> last(block.statements(), Set.of("lvs_method")));
    return own.or(() -> last(inService, Set.of("lvs_method", "lb_kind"))).orElse("NAT");
  }

  private static Optional<String> last(List<Statement> statements, Set<String> keywords) {
    return statements.stream()
        .filter(one -> keywords.contains(one.keyword().text()) && one.words().size() > 1)
        .map(one -> one.words().get(1).text())
        .filter(METHODS::contains)
        .reduce((first, second) -> second);
  }
}
