package org.jkeepalived.daemon;

import java.util.Optional;
import org.jkeepalived.config.grammar.ScriptLookup;
import org.jkeepalived.linux.process.AccessList;
import org.jkeepalived.linux.process.AccountTable;
import org.jkeepalived.linux.process.RunAs;
import org.jkeepalived.linux.process.ScriptEnvironment;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.script.Identity;
import org.jkeepalived.script.ProgramVetting;
import org.jkeepalived.script.Vetting;

/**
 * What the machine's files and its user database say of scripts while a configuration is read: the
 * same that decides when they run. Nothing is looked up for a configuration without scripts.
 */
public final class InstalledScripts implements ScriptLookup {

  private static final String ROOT = "root";

  private Optional<AccountTable> accounts = Optional.empty();
  private Optional<ProgramVetting> vetting = Optional.empty();

  @Override
  public Optional<String> objection(Command command) {
    return find(command.account())
        .map(RunAs::identity)
        .map(
            identity ->
                wording(
                    vetting().vet(command.program(), identity, command.secured()),
                    command.program(),
                    identity))
        .filter(text -> !text.isEmpty());
  }

  /** keepalived's words, as far as it has some, and the reason. */
  private static String wording(Vetting vetting, String program, Identity identity) {
    return switch (vetting.verdict()) {
      case USABLE -> "";
      case NOT_FOUND ->
          vetting.reason().startsWith(program)
              ? "Script " + vetting.reason()
              : "Script " + program + " cannot be accessed - " + vetting.reason();
      case WRONG_TYPE, NOT_EXECUTABLE ->
          "WARNING - script '"
              + vetting.path()
              + "' is not executable for uid:gid "
              + Integer.toUnsignedString(identity.user())
              + ":"
              + Integer.toUnsignedString(identity.group())
              + " - "
              + vetting.reason();
      case UNSAFE ->
          "Unsafe permissions found for script '" + vetting.path() + "' - " + vetting.reason();
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

  private ProgramVetting vetting() {
    if (vetting.isEmpty()) {
      String search = ScriptEnvironment.search(ScriptEnvironment.own());
      vetting = Optional.of(new ProgramVetting(search, AccessList::isOn));
    }
    return vetting.get();
  }
}
