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

/**
 * What the machine's files and its user database say of configured commands, for reports. The
 * thread that writes those owns it: nothing is looked up before the first one.
 */
public final class KnownCommands implements CommandFacts {

  private Optional<AccountTable> accounts = Optional.empty();
  private Optional<ProgramInspector> check = Optional.empty();

  @Override
  public Optional<String> program(Command command) {
    Credentials credentials = find(command.account()).orElseGet(AccountTable::own);
    ProgramCheck checked = check().vet(command.program(), credentials, false);
    return checked.verdict() == ProgramCheck.Verdict.NOT_FOUND
        ? Optional.empty()
        : Optional.of(checked.path());
  }

  @Override
  public Optional<Ids> ids(Account account) {
    return find(account).map(KnownCommands::ids);
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

  private ProgramInspector check() {
    if (check.isEmpty()) {
      String search = ScriptEnvironment.search(ScriptEnvironment.own());
      check = Optional.of(new ProgramInspector(search, AccessList::isOn));
    }
    return check.get();
  }
}
