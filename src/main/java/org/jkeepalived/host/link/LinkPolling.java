package org.jkeepalived.host.link;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jkeepalived.link.LinkBeat;
import org.jkeepalived.linux.LinkProbe;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.status.TrackerStatus;
import org.jkeepalived.time.TimerQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the drivers of some links every second whether they run, as keepalived does. A thread of its
 * own, {@code linkbeat}, because a driver may take its time. It is started with the first such
 * link.
 */
public final class LinkPolling implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LinkPolling.class);

  private static final long PERIOD_NANOS = 1_000_000_000L;

  private static final FailureRule RULE =
      FailureRule.goOnOrHang(
          "links are not polled any more, what their drivers said last counts; restart the daemon");

  private final Owners owners;
  private final Executor vrrp;
  private final LinkBeat beat;

  /** Only the caller of {@link #reload} changes it. */
  private volatile Optional<Running> running = Optional.empty();

  /**
   * @param owners makes the thread
   * @param vrrp the thread on which the beats are heard
   * @param beat hears of each link when it is first asked, and whenever the answer is another one
   */
  public LinkPolling(Owners owners, Executor vrrp, LinkBeat beat) {
    this.owners = owners;
    this.vrrp = vrrp;
    this.beat = beat;
  }

  /** Polls these links from now on; those that are polled already go on undisturbed. */
  public void reload(LinkWatch watch) {
    if (running.isEmpty() && !watch.polled().isEmpty()) {
      start();
    }
    running.ifPresent(target -> target.thread.execute(() -> target.become(watch)));
  }

  private void start() {
    try {
      LinkProbe probe = LinkProbe.open();
      running = Optional.of(new Running(owners.make("linkbeat", RULE), probe));
      LOG.debug("Using MII-BMSR/ETHTOOL NIC polling thread(s)...");
    } catch (SystemCallException e) {
      LOG.error("Links are not polled, what the kernel reports counts: {}", e.error());
    }
  }

  /** What the drivers are asked for, told by the thread that knows it. Callable from any thread. */
  public CompletableFuture<TrackerStatus> look() {
    return running
        .map(target -> CompletableFuture.supplyAsync(target::look, target.thread))
        .orElse(CompletableFuture.completedFuture(TrackerStatus.UNKNOWN));
  }

  @Override
  public void close() {
    running.ifPresent(Running::close);
    running = Optional.empty();
  }

  /** All that belongs to the thread {@code linkbeat}. */
  private final class Running {
    private final OwnerThread thread;
    private final LinkProbe probe;
    private final TimerQueue.Timer timer;
    private Map<String, PolledLink> links = new LinkedHashMap<>();

    Running(OwnerThread thread, LinkProbe probe) {
      this.thread = thread;
      this.probe = probe;
      timer = thread.loop().timers().timer((deadline, now) -> pollAll(now));
      thread.start();
    }

    private void become(LinkWatch watch) {
      Map<String, PolledLink> before = links;
      links = new LinkedHashMap<>();
      watch
          .polled()
          .forEach(
              (name, how) -> {
                PolledLink known = before.get(name);
                boolean same = known != null && known.wanted() == how;
                links.put(name, same ? known : new PolledLink(name, how));
              });
      pollAll(thread.loop().nowNanos());
    }

    private void pollAll(long nowNanos) {
      if (links.isEmpty()) {
        timer.disarm();
      } else {
        timer.arm(nowNanos + PERIOD_NANOS);
      }
      // each by itself: whatever goes wrong with one is not the others' affair
      links.values().forEach(link -> thread.execute(() -> poll(link)));
    }

    private void poll(PolledLink link) {
      link.poll(probe::ask).ifPresent(runs -> vrrp.execute(() -> beat.beat(link.name(), runs)));
    }

    private TrackerStatus look() {
      Map<String, LinkWatch.Polling> chosen = new HashMap<>();
      links.values().forEach(link -> link.chosen().ifPresent(way -> chosen.put(link.name(), way)));
      return TrackerStatus.ofPolled(chosen);
    }

    private void close() {
      thread.execute(probe::close);
      thread.close();
    }
  }
}
