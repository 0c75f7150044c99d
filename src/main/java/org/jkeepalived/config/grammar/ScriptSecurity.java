package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;

/**
 * Looks at the commands of virtual servers, which are not in the model yet: whether they can be
 * run, and are protected. Those of VRRP are looked at where they are completed.
 */
final class ScriptSecurity {

  /** Keywords whose first argument is a command and whose second, if there is one, its user. */
  private static final Set<String> COMMANDS =
      Set.of("notify_up", "notify_down", "quorum_up", "quorum_down");

  private ScriptSecurity() {}

  static void check(List<Statement> statements, Commands commands) {
    statements.stream()
        .filter(statement -> statement.keyword().is("virtual_server"))
        .forEach(statement -> readCommands(inside(statement), commands));
  }

  private static void readCommands(List<Statement> statements, Commands commands) {
    for (Statement statement : statements) {
      if (statement.keyword().is("MISC_CHECK")) {
        readCheck(inside(statement), commands);
      } else if (COMMANDS.contains(statement.keyword().text())) {
        judge(statement, Optional.empty(), commands);
      } else {
        readCommands(inside(statement), commands);
      }
    }
  }

  private static void readCheck(List<Statement> lines, Commands commands) {
    Optional<Statement> user =
        lines.stream()
            .filter(line -> line.keyword().is("user") && !line.arguments().isEmpty())
            .reduce((first, last) -> last);
    lines.stream()
        .filter(line -> line.keyword().is("misc_path"))
        .forEach(line -> judge(line, user, commands));
  }

  private static void judge(Statement statement, Optional<Statement> user, Commands commands) {
    // what is wrong with the words is told when virtual servers are read
    Optional<CommandStatement> line = CommandStatement.read(statement, new GrammarReport());
    Optional<Token> group = user.flatMap(words -> words.arguments().stream().skip(1).findFirst());
    line.map(l -> user.map(words -> l.as(words.arguments().get(0), group)).orElse(l))
        .ifPresent(l -> commands.complete(l, Commands.Purpose.RUNNING));
  }

  private static List<Statement> inside(Statement statement) {
    return statement.block().map(Statement.Block::statements).orElse(List.of());
  }
}
