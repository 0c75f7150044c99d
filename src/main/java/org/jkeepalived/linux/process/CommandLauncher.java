package org.jkeepalived.linux.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.linux.MonotonicClock;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.process.ChildSpawner.Launch;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.script.ProgramVetting;
import org.jkeepalived.script.Vetting;

/**
 * Starts a configured command: whom it runs as, whether its program may run, and the process. One
 * thread owns it.
 */
public final class CommandLauncher {

  /** An account that was not there is looked for again after this long, not at each run. */
  private static final long LOOK_AGAIN_NANOS = 10_000_000_000L;

  private static final int KEEP_OWNER = -1;

  private final ChildSpawner spawner;
  private final PrivilegeWrapper wrapper;
  private final ProgramVetting vetting;
  private final AccountTable accounts = new AccountTable();
  private final Map<Account, Known> known = new HashMap<>();

  private record Known(AccountTable.Found found, long atNanos) {}

  /**
   * What came of it.
   *
   * @param process what runs now
   * @param reason why nothing does
   */
  public record Launched(Optional<ChildProcess> process, String reason) {}

  public CommandLauncher(ChildSpawner spawner, PrivilegeWrapper wrapper, ProgramVetting vetting) {
    this.spawner = spawner;
    this.wrapper = wrapper;
    this.vetting = vetting;
  }

  /** Looks an account up now, so that the first command need not wait for it. */
  public void prepare(Account account) {
    find(account);
  }

  /**
   * Starts a command.
   *
   * @param moreArguments after those of the command
   */
  public Launched launch(Command command, List<String> moreArguments) {
    AccountTable.Found found = find(command.account());
    if (found.account().isEmpty()) {
      return refused(found.reason());
    }
    RunAs account = found.account().get();
    Vetting vetted = vetting.vet(command.program(), account.identity(), command.secured());
    if (!vetted.isUsable()) {
      return refused(vetted.reason());
    }
    List<String> words = new ArrayList<>(command.words());
    words.set(0, vetted.path());
    words.addAll(moreArguments);
    Optional<List<String>> wrapped = wrapper.wrap(account, words);
    if (wrapped.isEmpty()) {
      return refused(
          "it cannot run as user " + account.user() + " without setpriv: install util-linux");
    }
    boolean own = wrapper.isOwn(account.identity());
    try {
      return new Launched(
          Optional.of(
              spawner.spawn(
                  new Launch(wrapped.get(), own ? KEEP_OWNER : account.identity().user()))),
          "");
    } catch (SystemCallException e) {
      return refused(e.error().toString());
    }
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

  private static Launched refused(String reason) {
    return new Launched(Optional.empty(), reason);
  }
}
