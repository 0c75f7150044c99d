package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.lvs.TableNamespace;
import org.jkeepalived.model.lvs.TableSockets;

/** The keywords about the sockets by which virtual servers speak to the kernel. */
final class TableSocketKeywords {

  private TableSocketKeywords() {}

  /** What has been read of them. */
  static final class SocketsDraft {
    private Optional<TableNamespace> namespace = Optional.empty();
    private final BufferDraft command = new BufferDraft();
    private final BufferDraft monitor = new BufferDraft();

    TableSockets complete() {
      return new TableSockets(namespace, command.complete(), monitor.complete());
    }
  }

  /** In {@code global_defs}. */
  static List<Keyword<GlobalDraft>> buffers() {
    return Stream.of(
            BufferDraft.keywords(
                "lvs_netlink_cmd_rcv_bufs",
                g -> g.director.sockets.command,
                "bytes for the kernel's answers about its IPVS table that nobody has read yet"),
            BufferDraft.keywords(
                "lvs_netlink_monitor_rcv_bufs",
                g -> g.director.sockets.monitor,
                "bytes for reports of this machine's addresses, which ha_suspend goes by"))
        .flatMap(List::stream)
        .toList();
  }

  /** Outside all blocks. */
  static Keyword<GlobalDraft> namespace() {
    return Keyword.<GlobalDraft>custom(
            "net_namespace_ipvs", Arity.OPTIONAL, "[NAME]", TableSocketKeywords::namespace)
        .standardInWords("that of the daemon")
        .doc("whose table is written; without a name, that of where the daemon was started");
  }

  private static void namespace(Statement statement, GlobalDraft globals, GrammarReport report) {
    SocketsDraft sockets = globals.director.sockets;
    Optional<Token> word = statement.arguments().stream().findFirst();
    if (sockets.namespace.isPresent()) {
      report.warn(
          word.orElse(statement.keyword()),
          "duplicate-net-namespace-ipvs",
          "Duplicate net_namespace_ipvs definition "
              + word.map(name -> name.text() + " ").orElse("")
              + "- ignoring");
    } else {
      sockets.namespace =
          Optional.of(new TableNamespace(word.map(Token::text).filter(text -> !text.isEmpty())));
    }
  }
}
