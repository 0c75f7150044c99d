package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.EscapedWords;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;

/**
 * Whether a script would run as root although {@code enable_script_security} does not stand in the
 * configuration: {@code -t} has an exit code for it.
 */
final class ScriptSecurity {

  /** Keywords whose first argument is a command and whose second, if there is one, its user. */
  private static final Set<String> COMMANDS =
      Set.of(
          "notify",
          "notify_master",
          "notify_backup",
          "notify_fault",
          "notify_stop",
          "notify_deleted",
          "notify_master_rx_lower_pri",
          "notify_up",
          "notify_down",
          "quorum_up",
          "quorum_down");

  private static final String DEFAULT_USER = "keepalived_script";

  private final ScriptLookup lookup;
  private final Report report;
  private String defaultUser;
  private boolean enabled;
  private boolean reported;

  private ScriptSecurity(ScriptLookup lookup, Report report) {
    this.lookup = lookup;
    this.report = report;
    this.defaultUser = lookup.userExists(DEFAULT_USER) ? DEFAULT_USER : "root";
  }

  static void check(List<Statement> statements, ScriptLookup lookup, Report report) {
    ScriptSecurity security = new ScriptSecurity(lookup, report);
    security.readSettings(statements);
    // without an instance, keepalived starts no VRRP process and looks at none of its scripts
    boolean instances = statements.stream().anyMatch(s -> s.keyword().is("vrrp_instance"));
    if (!security.enabled && instances) {
      security.readCommands(statements);
    }
  }

  private void readSettings(List<Statement> statements) {
    for (Statement statement : statements) {
      switch (statement.keyword().text()) {
        case "enable_script_security" -> enabled = true;
        case "script_user" -> argument(statement).ifPresent(user -> defaultUser = user.text());
        default -> readSettings(inside(statement));
      }
    }
  }

  private void readCommands(List<Statement> statements) {
    for (Statement statement : statements) {
      String keyword = statement.keyword().text();
      if (keyword.equals("vrrp_script")) {
        readBlock(statement, "script");
      } else if (keyword.equals("MISC_CHECK")) {
        readBlock(statement, "misc_path");
      } else if (COMMANDS.contains(keyword)) {
        List<Token> words = statement.escapedWords().words();
        judge(statement, words.size() > 2 ? words.get(2).text() : defaultUser);
      } else {
        readCommands(inside(statement));
      }
    }
  }

  private void readBlock(Statement block, String commandKeyword) {
    String user = defaultUser;
    for (Statement line : inside(block)) {
      if (line.keyword().is("user")) {
        user = argument(line).map(Token::text).orElse(user);
      }
    }
    for (Statement line : inside(block)) {
      if (line.keyword().is(commandKeyword)) {
        judge(line, user);
      }
    }
  }

  private void judge(Statement statement, String user) {
    Optional<Token> command = statement.escapedWords().words().stream().skip(1).findFirst();
    if (reported || command.isEmpty() || !user.equals("root")) {
      return;
    }
    Optional<Token> program = EscapedWords.of(command.get()).words().stream().findFirst();
    if (program.isPresent() && lookup.isExecutable(program.get().text())) {
      reported = true;
      report.whole(
          List.of(command.get()),
          Severity.WARNING,
          Grammar.SCRIPT_SECURITY_CODE,
          "SECURITY VIOLATION - scripts are being executed but script_security not enabled.",
          "add enable_script_security to global_defs, or name another user by script_user");
    }
  }

  private static Optional<Token> argument(Statement statement) {
    return statement.arguments().stream().findFirst();
  }

  private static List<Statement> inside(Statement statement) {
    return statement.block().map(Statement.Block::statements).orElse(List.of());
  }
}
