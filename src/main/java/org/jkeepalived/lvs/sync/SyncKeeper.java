package org.jkeepalived.lvs.sync;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.LvsLog;
import org.jkeepalived.lvs.sync.SyncDaemons.Reading;
import org.jkeepalived.model.lvs.SyncDaemon;

/**
 * Keeps the kernel's sync daemons as {@code lvs_sync_daemon} wants them: the master's while the
 * instance that is followed is master, the backup's otherwise, and both where none is followed.
 * What somebody else has done to them is put right; where nothing is configured they are nobody's
 * here.
 *
 * <p>One request is on its way at a time; what is wanted meanwhile comes after it. COMPAT: the one
 * stops before the other starts.
 */
public final class SyncKeeper {

  private static final int UNKNOWN = -1;

  private final SyncDaemons kernel;
  private final SyncLog log;

  private Optional<SyncDaemon> configured = Optional.empty();
  private boolean master;

  /** The configured link's index; 0 where there is no such link. */
  private int link = UNKNOWN;

  /** Those that run, as they were asked for, or as they were found. */
  private final Map<SyncRole, RunningSync> known = new EnumMap<>(SyncRole.class);

  /** Which link had the configured name when each of them was started, or found. */
  private final Map<SyncRole, Integer> links = new EnumMap<>(SyncRole.class);

  /** What the kernel has refused: tried again when something has changed, or by a comparison. */
  private final Set<SyncRole> refused = EnumSet.noneOf(SyncRole.class);

  /** What waits until all that is wanted was tried. */
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  private boolean busy = true;

  /** What runs is to be looked at before anything else is done. */
  private boolean outdated;

  /**
   * @param kernel starts and stops them
   */
  public SyncKeeper(SyncDaemons kernel, LvsLog log) {
    this.kernel = kernel;
    this.log = new SyncLog(log);
  }

  /**
   * Begins: what runs already and is as it is wanted goes on.
   *
   * @param isMaster whether the instance that is followed is master
   * @param leftBehind what an earlier run has started, and what goes unless it is wanted
   */
  public void start(Optional<SyncDaemon> wanted, boolean isMaster, Set<SyncRole> leftBehind) {
    configured = wanted;
    master = isMaster;
    if (wanted.isPresent() || !leftBehind.isEmpty()) {
      adopt(leftBehind);
    } else {
      // nobody is asked for what nobody has
      busy = false;
      retry();
    }
  }

  /** Takes what runs for ours, all of it if a daemon is configured. */
  private void adopt(Set<SyncRole> ours) {
    busy = true;
    outdated = false;
    kernel.read(
        reading -> {
          busy = false;
          known.clear();
          for (RunningSync daemon : reading.running()) {
            if (configured.isPresent() || ours.contains(daemon.role())) {
              known.put(daemon.role(), daemon);
              links.put(daemon.role(), link);
            }
          }
          retry();
        });
  }

  /**
   * Goes on with another configuration; nothing happens to what is the same in both.
   *
   * @param isMaster whether the instance that is followed from now on is master
   */
  public void reload(Optional<SyncDaemon> target, boolean isMaster) {
    outdated |= configured.isEmpty() && target.isPresent();
    if (!configured.map(SyncDaemon::interfaceName).equals(target.map(SyncDaemon::interfaceName))) {
      link = UNKNOWN;
    }
    configured = target;
    master = isMaster;
    retry();
  }

  /** Whether the instance that is followed is master now. */
  public void instanceIs(boolean isMaster) {
    if (master != isMaster) {
      master = isMaster;
      retry();
    }
  }

  /**
   * Something has happened to links: what was refused for want of one is tried again.
   *
   * @param index the configured link's; empty where there is no such link. COMPAT: a daemon whose
   *     link has gone stays there and does nothing, also when a link of that name comes again
   */
  public void linkIs(OptionalInt index) {
    link = index.orElse(0);
    retry();
  }

  /**
   * IPVS has come to a kernel that had none, or come again: what ran there is not what runs now.
   */
  public void tableIsBack() {
    outdated = true;
    retry();
  }

  /** Looks whether what runs is what was started, and puts right what differs. */
  public void compare() {
    if (busy || configured.isEmpty() && known.isEmpty()) {
      return;
    }
    busy = true;
    kernel.read(
        reading -> {
          busy = false;
          if (reading.error().isEmpty()) {
            compared(reading);
          }
          retry();
        });
  }

  private void compared(Reading reading) {
    Map<SyncRole, RunningSync> found = new EnumMap<>(SyncRole.class);
    reading.running().forEach(daemon -> found.put(daemon.role(), daemon));
    for (SyncRole role : SyncRole.values()) {
      RunningSync before = known.get(role);
      RunningSync now = found.get(role);
      boolean ours = before != null || now != null && configured.isPresent();
      if (!ours || before != null && now != null && before.isMetBy(now)) {
        log.isFine(role);
        continue;
      }
      log.changed(role, before != null, now != null);
      if (now == null) {
        known.remove(role);
      } else {
        known.put(role, now);
      }
    }
  }

  /**
   * Ends: nothing of ours runs any more.
   *
   * @param done runs when the kernel has answered
   */
  public void stop(Runnable done) {
    configured = Optional.empty();
    waiting.add(done);
    retry();
  }

  private void retry() {
    refused.clear();
    settle();
  }

  private Optional<RunningSync> wanted(SyncRole role) {
    return configured
        .filter(daemon -> daemon.instance().isEmpty() || (role == SyncRole.MASTER) == master)
        .map(daemon -> RunningSync.of(role, daemon));
  }

  /** Takes the next step to what is wanted, if none is on its way. */
  private void settle() {
    if (busy) {
      return;
    }
    if (outdated) {
      adopt(Set.copyOf(known.keySet()));
      return;
    }
    for (SyncRole role : SyncRole.values()) {
      RunningSync running = known.get(role);
      boolean fits =
          running != null && wanted(role).filter(daemon -> daemon.isExactly(running)).isPresent();
      if (running != null && !(fits && isOnItsLink(role)) && !refused.contains(role)) {
        if (fits) {
          log.linkReturned(running);
        }
        stop(role);
        return;
      }
    }
    for (SyncRole role : SyncRole.values()) {
      Optional<RunningSync> wanted = wanted(role);
      if (wanted.isPresent() && !known.containsKey(role) && !refused.contains(role)) {
        start(wanted.get());
        return;
      }
    }
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  private boolean isOnItsLink(SyncRole role) {
    int before = links.getOrDefault(role, UNKNOWN);
    return before == UNKNOWN || link <= 0 || before == link;
  }

  private void stop(SyncRole role) {
    busy = true;
    kernel.stop(
        role,
        error -> {
          busy = false;
          if (error.isPresent()) {
            refused.add(role);
            log.cannotStop(role, error.get());
          } else {
            known.remove(role);
          }
          settle();
        });
  }

  private void start(RunningSync daemon) {
    busy = true;
    int before = link;
    kernel.start(
        daemon,
        error -> {
          busy = false;
          if (error.isPresent()) {
            refusedTo(daemon, error.get());
          } else {
            known.put(daemon.role(), daemon);
            links.put(daemon.role(), before);
            log.started(daemon);
          }
          settle();
        });
  }

  private void refusedTo(RunningSync daemon, KernelError error) {
    refused.add(daemon.role());
    log.cannotStart(daemon, error);
  }
}
