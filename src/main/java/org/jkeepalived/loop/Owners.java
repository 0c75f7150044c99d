package org.jkeepalived.loop;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jkeepalived.linux.SystemCallException;

/** All threads of this process that own something. Usable from any thread. */
public final class Owners {

  private final FatalExit fatalExit;
  private final List<OwnerThread> all = new CopyOnWriteArrayList<>();

  /**
   * @param fatalExit how the process ends when an owner that it needs cannot go on
   */
  public Owners(FatalExit fatalExit) {
    this.fatalExit = fatalExit;
  }

  /**
   * Makes an owner, to be started. It lives in the network namespace of the thread that calls this.
   *
   * @param name the thread's, at most 15 characters for the kernel
   * @param rule what follows when something throws on it
   * @throws SystemCallException the kernel gives no descriptor for it
   */
  public OwnerThread make(String name, FailureRule rule) throws SystemCallException {
    return make(name, rule, new EpollWait());
  }

  /**
   * The same, for one that waits in its own way.
   *
   * @param stackBytes how deep its calls may go: memory that is used only if they do
   */
  public OwnerThread make(String name, FailureRule rule, Wait wait, long stackBytes) {
    return added(new OwnerThread(name, rule, fatalExit, wait, stackBytes));
  }

  OwnerThread make(String name, FailureRule rule, Wait wait) {
    return added(new OwnerThread(name, rule, fatalExit, wait));
  }

  private OwnerThread added(OwnerThread made) {
    all.removeIf(owner -> owner.state().condition() == OwnerState.Condition.ENDED);
    all.add(made);
    return made;
  }

  /** How each owner is that has not ended, in the order in which they were made. */
  public List<OwnerState> states() {
    return all.stream()
        .map(OwnerThread::state)
        .filter(state -> state.condition() != OwnerState.Condition.ENDED)
        .toList();
  }

  /**
   * Calls owners by their names, again and again, to see whether they answer. Those that may hang
   * are not among them ({@link FailureRule#mayHang}).
   *
   * @param names who is called, as far as there is an owner of that name at the time
   */
  public RollCall rollCall(Predicate<String> names) {
    return new RollCall(
        () -> all.stream().filter(owner -> owner.isCounted() && names.test(owner.name())).toList());
  }

  /** Has each owner soon count from zero what {@link #states} tells. */
  public void clearFigures() {
    all.forEach(OwnerThread::clearFigures);
  }

  /** See {@link FatalExit#lastStep}. */
  public void lastStep(FatalExit.LastStep step) {
    fatalExit.lastStep(step);
  }

  /** Ends the process at once, because an owner does not do what it must. */
  public void endProcess(String reason, Throwable cause) {
    fatalExit.end(reason, cause);
  }
}
