package org.jkeepalived.host.kernel;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jkeepalived.kernel.KernelQueue;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelResult;

/**
 * A subsystem's way to the kernel: its batches, and what its last run left behind. Answers come to
 * the subsystem's own thread.
 */
public final class KernelSession implements KernelQueue {

  private final String owner;
  private final KernelThread thread;
  private final Executor home;
  private final Set<String> leftBehind;

  KernelSession(String owner, KernelThread thread, Executor home, Set<String> leftBehind) {
    this.owner = owner;
    this.thread = thread;
    this.home = home;
    this.leftBehind = Set.copyOf(leftBehind);
  }

  /** What the last run wrote down, and did not take back: {@code eth0 10.0.0.1/24}. */
  public Set<String> leftBehind() {
    return leftBehind;
  }

  /** Forgets what the last run wrote down and {@code kept} does not name. */
  public void forgetAllBut(Set<String> kept) {
    thread.forgetAllBut(owner, kept);
  }

  @Override
  public void submit(List<KernelRequest> requests, Consumer<List<KernelResult>> done) {
    thread.submit(owner, requests, results -> home.execute(() -> done.accept(results)));
  }
}
