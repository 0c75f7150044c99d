package org.jkeepalived.linux.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.script.Credentials;

/**
 * What stands before a command so that it runs as somebody else and ends with the daemon: {@code
 * setpriv} of util-linux, which becomes the command. posix_spawn(3) can do neither.
 *
 * <p>Accounts are given by name: those that stand in the machine's files are then found there, and
 * no check fails because a directory server is away.
 */
public final class PrivilegeWrapper {

  /** What the setpriv at hand can do. */
  public enum Ability {
    /** Another account, and a parent-death signal. */
    WHOLE,
    /** Another account; util-linux before 2.33. */
    ACCOUNT,
    /** There is none. */
    NONE
  }

  /** What a line on standard error begins with where setpriv itself has failed. */
  public static final String COMPLAINT = "setpriv: ";

  private final Ability ability;
  private final String program;
  private final Credentials own;

  /**
   * @param program setpriv's path
   * @param own the account that commands run as without it
   */
  public PrivilegeWrapper(Ability ability, String program, Credentials own) {
    this.ability = ability;
    this.program = program;
    this.own = own;
  }

  public Ability ability() {
    return ability;
  }

  /** Whether commands of this account need no change of it. */
  public boolean isOwn(Credentials account) {
    return account.user() == own.user()
        && account.group() == own.group()
        && account.groups().stream().allMatch(own::isIn)
        && own.groups().stream().allMatch(account::isIn);
  }

  /**
   * The words to execute.
   *
   * @param words the command, its program an absolute path
   * @return empty if this cannot be done here
   */
  public Optional<List<String>> wrap(RunAs account, List<String> words) {
    boolean change = !isOwn(account.credentials());
    if (ability == Ability.NONE) {
      return change ? Optional.empty() : Optional.of(words);
    }
    List<String> wrapped = new ArrayList<>(words.size() + 10);
    wrapped.add(program);
    if (ability == Ability.WHOLE) {
      wrapped.addAll(List.of("--pdeathsig", "TERM"));
    }
    if (change) {
      wrapped.addAll(List.of("--reuid", account.user(), "--regid", account.group()));
      wrapped.addAll(List.of("--groups", String.join(",", account.groups())));
    }
    if (wrapped.size() == 1) {
      return Optional.of(words);
    }
    wrapped.add("--");
    wrapped.addAll(words);
    return Optional.of(wrapped);
  }
}
