package org.jkeepalived.daemon;

import java.util.Optional;
import org.jkeepalived.linux.process.AccessList;
import org.jkeepalived.linux.process.AccountTable;
import org.jkeepalived.linux.process.RunAs;
import org.jkeepalived.linux.process.ScriptEnvironment;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.script.Identity;
import org.jkeepalived.script.ProgramVetting;
import org.jkeepalived.script.Vetting;
import org.jkeepalived.status.CommandFacts;

/**
 * What the machine's files and its user database say of configured commands, for reports. The
 * thread that writes those owns it: nothing is looked up before the first one.
 */
final class KnownCommands implements CommandFacts {

  private Optional<AccountTable> accounts = Optional.empty();
  private Optional<ProgramVetting> vetting = Optional.empty();

  @Override
  public Optional<String> program(Command command) {
    Identity identity = find(command.account()).orElseGet(AccountTable::own);
    Vetting vetted = vetting().vet(command.program(), identity, false);
    return vetted.verdict() == Vetting.Verdict.NOT_FOUND
        ? Optional.empty()
        : Optional.of(vetted.path());
  }

  @Override
  public Optional<Ids> ids(Account account) {
    return find(account).map(KnownCommands::ids);
  }

  @Override
  public Optional<Ids> own() {
    return Optional.of(ids(AccountTable.own()));
  }

  private static Ids ids(Identity identity) {
    return new Ids(
        Integer.toUnsignedLong(identity.user()), Integer.toUnsignedLong(identity.group()));
  }

  private Optional<Identity> find(Account account) {
    if (accounts.isEmpty()) {
      accounts = Optional.of(new AccountTable());
    }
    return accounts.get().find(account).account().map(RunAs::identity);
  }

  private ProgramVetting vetting() {
    if (vetting.isEmpty()) {
      String search = ScriptEnvironment.search(ScriptEnvironment.own());
      vetting = Optional.of(new ProgramVetting(search, AccessList::isOn));
    }
    return vetting.get();
  }
}
