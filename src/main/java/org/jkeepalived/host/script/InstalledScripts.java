package org.jkeepalived.host.script;

import java.util.Optional;
import org.jkeepalived.linux.process.AccessList;
import org.jkeepalived.linux.process.AccountTable;
import org.jkeepalived.linux.process.RunAs;
import org.jkeepalived.linux.process.ScriptEnvironment;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.script.Credentials;
import org.jkeepalived.script.ProgramCheck;
import org.jkeepalived.script.ScriptLookup;

/**
 * What the machine's files and its user database say of scripts while a configuration is read: the
 * same that decides when they run. Nothing is looked up for a configuration without scripts.
 */
public final class InstalledScripts implements ScriptLookup {

  private static final String ROOT = "root";

  private Optional<AccountTable> accounts = Optional.empty();
  private Optional<ProgramInspector> check = Optional.empty();

  @Override
  public Optional<String> objection(Command command) {
    return find(command.account())
        .map(RunAs::credentials)
        .map(
            credentials ->
                wording(
                    check().vet(command.program(), credentials, command.secured()),
                    command.program(),
                    credentials))
        .filter(text -> !text.isEmpty());
  }

  /** keepalived's words, as far as it has some, and the reason. */
  private static String wording(ProgramCheck check, String program, Credentials credentials) {
    return switch (check.verdict()) {
      case USABLE -> "";
      case NOT_FOUND ->
          check.reason().startsWith(program)
              ? "Script " + check.reason()
              : "Script " + program + " cannot be accessed - " + check.reason();
      case WRONG_TYPE, NOT_EXECUTABLE ->
          "WARNING - script '"
              + check.path()
              + "' is not executable for uid:gid "
              + Integer.toUnsignedString(credentials.user())
              + ":"
              + Integer.toUnsignedString(credentials.group())
              + " - "
              + check.reason();
      case UNSAFE ->
          "Unsafe permissions found for script '" + check.path() + "' - " + check.reason();
    };
  }

  @Override
  public boolean userExists(String user) {
    return find(new Account(user, Optional.empty(), false)).isPresent();
  }

  @Override
  public boolean groupExists(String group) {
    return find(new Account(ROOT, Optional.of(group), false)).isPresent();
  }

  private Optional<RunAs> find(Account account) {
    if (accounts.isEmpty()) {
      accounts = Optional.of(new AccountTable());
    }
    return accounts.get().find(account).account();
  }

  private ProgramInspector check() {
    if (check.isEmpty()) {
      String search = ScriptEnvironment.search(ScriptEnvironment.own());
      check = Optional.of(new ProgramInspector(search, AccessList::isOn));
    }
    return check.get();
  }
}
