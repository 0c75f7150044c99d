package org.jkeepalived.host.script;

import java.util.Optional;
import org.jkeepalived.linux.process.AccessList;
import org.jkeepalived.linux.process.AccountTable;
import org.jkeepalived.linux.process.RunAs;
import org.jkeepalived.linux.process.ScriptEnvironment;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.script.CommandFacts;
import org.jkeepalived.script.Credentials;
import org.jkeepalived.script.ProgramCheck;
import org.jkeepalived.script.ScriptLookup;

/**
 * What the machine's files and its user database say of scripts: the same that decides when they
 * run. It is asked while a configuration is read, and for reports; where there are no scripts,
 * nothing is looked up. An object belongs to one thread at a time.
 */
public final class InstalledScripts implements ScriptLookup, CommandFacts {

  private static final String ROOT = "root";

  private Optional<AccountTable> accounts = Optional.empty();
  private Optional<ProgramInspector> inspector = Optional.empty();

  @Override
  public Optional<String> objection(Command command) {
    return find(command.account())
        .map(
            credentials ->
                wording(inspector().vet(command, credentials), command.program(), credentials))
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
              + ids(credentials)
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

  @Override
  public Optional<String> program(Command command) {
    Credentials credentials = find(command.account()).orElseGet(AccountTable::own);
    ProgramCheck checked = inspector().vet(command.program(), credentials, false);
    return checked.verdict() == ProgramCheck.Verdict.NOT_FOUND
        ? Optional.empty()
        : Optional.of(checked.path());
  }

  @Override
  public Optional<Ids> ids(Account account) {
    return find(account).map(InstalledScripts::ids);
  }

  @Override
  public Optional<Ids> own() {
    return Optional.of(ids(AccountTable.own()));
  }

  private static Ids ids(Credentials credentials) {
    return new Ids(
        Integer.toUnsignedLong(credentials.user()), Integer.toUnsignedLong(credentials.group()));
  }

  private Optional<Credentials> find(Account account) {
    if (accounts.isEmpty()) {
      accounts = Optional.of(new AccountTable());
    }
    return accounts.get().find(account).account().map(RunAs::credentials);
  }

  private ProgramInspector inspector() {
    if (inspector.isEmpty()) {
      String search = ScriptEnvironment.search(ScriptEnvironment.own());
      inspector =
          Optional.of(
              new ProgramInspector(
                  search,
                  new ProgramInspector.Lists(AccessList::isOn, AccessList::letsOthersWrite)));
    }
    return inspector.get();
  }
}
