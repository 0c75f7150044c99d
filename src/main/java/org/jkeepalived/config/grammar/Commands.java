package org.jkeepalived.config.grammar;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.script.ScriptLookup;

/**
 * Makes commands of what was written, now that the whole file has been read: whom each runs as, and
 * whether it can be run. One that cannot stays configured: to run it is a failure then.
 */
final class Commands {

  private static final String DEFAULT_USER = "keepalived_script";
  private static final String ROOT = "root";

  /** What a command is for; keepalived looks at the two apart. */
  enum Purpose {
    RUNNING("scripts are"),
    CHECKING("check scripts are"),
    START_OR_STOP("start/shutdown scripts are");

    private final String subject;

    Purpose(String subject) {
      this.subject = subject;
    }
  }

  private final GlobalDraft globals;
  private final ScriptLookup lookup;
  private final GrammarReport report;
  private final Map<String, Boolean> users = new HashMap<>();
  private final Map<String, Boolean> groups = new HashMap<>();

  Commands(GlobalDraft globals, ScriptLookup lookup, GrammarReport report) {
    this.globals = globals;
    this.lookup = lookup;
    this.report = report;
  }

  /** Tells whether {@code script_user} is somebody. */
  void checkStandard() {
    globals
        .scriptUser
        .filter(user -> !exists(user, globals.scriptGroup))
        .ifPresent(
            user ->
                report.warn(user, "unknown-script-user", "Error setting global script uid/gid"));
  }

  /** Whom scripts run as that name nobody. */
  Account standard() {
    String user =
        globals
            .scriptUser
            .map(Token::text)
            .orElseGet(
                () -> globals.scriptSecurity || userExists(DEFAULT_USER) ? DEFAULT_USER : ROOT);
    return new Account(
        user, globals.scriptGroup.map(Commands::groupName), globals.supplementaryGroups);
  }

  /**
   * A complete command.
   *
   * @param hindered its user may run it, its program hinders it
   */
  record Checked(Command command, boolean hindered) {}

  /** Completes a command, and tells what hinders it. */
  Command complete(CommandStatement line, Purpose purpose) {
    return check(line, purpose).command();
  }

  /** The same, with the verdict. */
  Checked check(CommandStatement line, Purpose purpose) {
    Account account = account(line.user(), line.group());
    if (line.user().isEmpty() && globals.scriptUser.isEmpty() && account.user().equals(ROOT)) {
      report.whole(
          line.place(),
          Severity.NOTE,
          GrammarReport.ASIDE + "-default-user",
          "Script user '" + DEFAULT_USER + "' does not exist: scripts run as " + ROOT);
    }
    Command command = new Command(line.words(), account, globals.scriptSecurity);
    if (!exists(line, account)) {
      return new Checked(command, false);
    }
    Optional<String> objection = lookup.objection(command);
    if (objection.isPresent()) {
      report.aside(line.place(), "not-runnable", objection.get());
    } else if (!globals.scriptSecurity) {
      violation(line, purpose);
    }
    return new Checked(command, objection.isPresent());
  }

  Account account(Optional<Token> user, Optional<Token> group) {
    return user.map(
            name ->
                new Account(
                    name.text(), group.map(Commands::groupName), globals.supplementaryGroups))
        .orElseGet(this::standard);
  }

  /** Whether there are the user and the group; tells it where they are not. */
  boolean exists(CommandStatement line, Account account) {
    if (line.user().isPresent()) {
      boolean behindCommand = line.user().get().line().equals(line.place().line());
      if (behindCommand && !userExists(line.user().get().text())) {
        unknownUser(line.keyword(), line.user().get());
        return false;
      }
      return exists(line.user().get(), line.group());
    }
    if (globals.scriptUser.isPresent()) {
      return known(globals.scriptUser.get(), globals.scriptGroup);
    }
    if (userExists(account.user())) {
      return true;
    }
    report.warn(
        line.place(),
        "no-default-user",
        "Unable to set default user " + account.user() + " for script");
    return false;
  }

  /** A command that lacks its quotes has words behind it that are taken for a user and a group. */
  private void unknownUser(Token keyword, Token user) {
    report.at(
        user,
        Severity.WARNING,
        GrammarReport.ASIDE + "-unknown-user",
        "Script user '"
            + user.text()
            + "' does not exist (the word behind the command of "
            + keyword.text()
            + ")",
        "put the command and its arguments into one pair of quotes");
  }

  /** Whether there are such a user and such a group; tells it where they are not. */
  boolean exists(Token user, Optional<Token> group) {
    if (!userExists(user.text())) {
      report.aside(user, "unknown-user", "Script user '" + user.text() + "' does not exist");
    } else {
      group
          .filter(name -> !groupExists(groupName(name)))
          .ifPresent(
              name ->
                  report.aside(
                      name, "unknown-group", "Script group '" + name.text() + "' does not exist"));
    }
    return known(user, group);
  }

  private boolean known(Token user, Optional<Token> group) {
    return userExists(user.text()) && group.map(name -> groupExists(groupName(name))).orElse(true);
  }

  private boolean userExists(String name) {
    return users.computeIfAbsent(name, lookup::userExists);
  }

  /** A group may be written {@code :NAME}, as in chown(1). */
  private static String groupName(Token word) {
    return word.text().startsWith(":") ? word.text().substring(1) : word.text();
  }

  private boolean groupExists(String name) {
    return groups.computeIfAbsent(name, lookup::groupExists);
  }

  /** keepalived says it once for each purpose; so does the report, which knows what it has said. */
  private void violation(CommandStatement line, Purpose purpose) {
    report.whole(
        List.of(line.place()),
        Severity.WARNING,
        Grammar.SCRIPT_SECURITY_CODE,
        "SECURITY VIOLATION - "
            + purpose.subject
            + " being executed but script_security not enabled.",
        "add enable_script_security to global_defs");
  }
}
