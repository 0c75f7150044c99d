package org.jkeepalived.host.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jkeepalived.linux.MonotonicClock;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.process.AccountTable;
import org.jkeepalived.linux.process.ChildProcess;
import org.jkeepalived.linux.process.ChildSpawner;
import org.jkeepalived.linux.process.ChildSpawner.Launch;
import org.jkeepalived.linux.process.PrivilegeWrapper;
import org.jkeepalived.linux.process.RunAs;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.script.ProgramCheck;

/**
 * Starts a configured command in two steps: {@link #prepare} finds out whom it runs as and whether
 * its program may run, on any thread, because a file system or a directory server may not answer;
 * {@link #launch} makes the process, on one thread.
 */
public final class CommandLauncher {

  /** An account that was not there is looked for again after this long, not at each run. */
  private static final long LOOK_AGAIN_NANOS = 10_000_000_000L;

  private static final int KEEP_OWNER = -1;

  private final ChildSpawner spawner;
  private final PrivilegeWrapper wrapper;
  private final ProgramInspector check;
  private final AccountTable accounts = new AccountTable();
  private final Map<Account, Known> known = new ConcurrentHashMap<>();

  private record Known(AccountTable.Found found, long atNanos) {}

  /**
   * What came of the preparation.
   *
   * @param launch what is to be executed
   * @param reason why nothing is
   */
  public record Prepared(Optional<Launch> launch, String reason) {
    /** It is not to be executed. */
    public static Prepared refused(String reason) {
      return new Prepared(Optional.empty(), reason);
    }
  }

  public CommandLauncher(ChildSpawner spawner, PrivilegeWrapper wrapper, ProgramInspector check) {
    this.spawner = spawner;
    this.wrapper = wrapper;
    this.check = check;
  }

  /** Looks an account up now, so that no command need wait for it. */
  public void prepare(Account account) {
    known.put(account, new Known(accounts.find(account), MonotonicClock.nowNanos()));
  }

  /**
   * Looks at everything that a command needs.
   *
   * @param moreArguments after those of the command
   */
  public Prepared prepare(Command command, List<String> moreArguments) {
    AccountTable.Found found = find(command.account());
    if (found.account().isEmpty()) {
      return Prepared.refused(found.reason());
    }
    RunAs account = found.account().get();
    ProgramCheck checked = check.vet(command, account.credentials());
    if (!checked.isUsable()) {
      return Prepared.refused(checked.reason());
    }
    List<String> words = new ArrayList<>(command.words());
    words.set(0, checked.path());
    words.addAll(moreArguments);
    boolean own = wrapper.isOwn(account.credentials());
    return wrapper
        .wrap(account, words)
        .map(all -> new Launch(all, own ? KEEP_OWNER : account.credentials().user()))
        .map(launch -> new Prepared(Optional.of(launch), ""))
        .orElseGet(
            () ->
                Prepared.refused(
                    "it cannot run as user "
                        + account.user()
                        + " without setpriv: install util-linux"));
  }

  /**
   * Starts what was prepared.
   *
   * @throws SystemCallException if the kernel gives no process
   */
  public ChildProcess launch(Launch launch) throws SystemCallException {
    return spawner.spawn(launch);
  }

  private AccountTable.Found find(Account account) {
    long nowNanos = MonotonicClock.nowNanos();
    Known last = known.get(account);
    if (last == null
        || last.found().account().isEmpty() && nowNanos - last.atNanos() > LOOK_AGAIN_NANOS) {
      last = new Known(accounts.find(account), nowNanos);
      known.put(account, last);
    }
    return last.found();
  }
}
