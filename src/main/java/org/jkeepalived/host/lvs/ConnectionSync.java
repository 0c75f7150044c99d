package org.jkeepalived.host.lvs;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.route.LinkNews;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.lvs.sync.SyncDaemons;
import org.jkeepalived.lvs.sync.SyncKeeper;
import org.jkeepalived.lvs.sync.SyncRole;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.SyncDaemon;
import org.jkeepalived.time.TimerQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code lvs_sync_daemon}: hands the state of the instance that is followed, and news of links, to
 * the one who keeps the kernel's sync daemons. Lives on the thread of the virtual servers; nothing
 * is opened, and nothing is looked at again and again, before it is configured.
 */
final class ConnectionSync {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionSync.class);

  private final EventLoop loop;
  private final InstanceStates states;
  private final SyncKeeper keeper;
  private final TimerQueue.Timer comparison;
  private Director director = Director.NONE;
  private Optional<LinkNews> links = Optional.empty();

  ConnectionSync(EventLoop loop, SyncDaemons daemons, InstanceStates states) {
    this.loop = loop;
    this.states = states;
    keeper = new SyncKeeper(daemons, new DirectorLog());
    comparison = loop.timers().timer((deadlineNanos, nowNanos) -> compare(nowNanos));
  }

  /**
   * Begins.
   *
   * @param leftBehind what an earlier run has left running
   */
  void start(Director first, Set<SyncRole> leftBehind) {
    configure(first);
    keeper.start(first.sync(), isMaster(), leftBehind);
  }

  /** Goes on with another configuration. */
  void reload(Director target) {
    configure(target);
    keeper.reload(target.sync(), isMaster());
    tellLink();
  }

  private void configure(Director target) {
    director = target;
    states.follow(instance(), () -> loop.execute(() -> keeper.instanceIs(isMaster())));
    if (target.sync().isPresent()) {
      watchLinks();
      comparison.arm(loop.nowNanos() + target.table().comparisonNanos());
    } else {
      comparison.disarm();
    }
  }

  private Optional<String> instance() {
    return director.sync().flatMap(SyncDaemon::instance);
  }

  private boolean isMaster() {
    return instance().filter(states::isMaster).isPresent();
  }

  private void compare(long nowNanos) {
    keeper.compare();
    comparison.arm(nowNanos + director.table().comparisonNanos());
  }

  private void watchLinks() {
    if (links.isPresent()) {
      return;
    }
    try {
      LinkNews news =
          TablePlace.open(
                  director.table().sockets().namespace(),
                  () -> Optional.of(LinkNews.open()),
                  LinkNews::close)
              .orElseThrow();
      links = Optional.of(news);
      loop.watch(
          news.fd(),
          () -> {
            news.drain();
            tellLink();
          });
      tellLink();
    } catch (SystemCallException e) {
      LOG.warn("lvs_sync_daemon does not hear of links: {}", e.getMessage());
    }
  }

  private void tellLink() {
    if (links.isEmpty() || director.sync().isEmpty()) {
      return;
    }
    try {
      keeper.linkIs(links.get().index(director.sync().get().interfaceName()));
    } catch (SystemCallException e) {
      LOG.debug("{}", e.getMessage());
      keeper.linkIs(OptionalInt.empty());
    }
  }

  void tableIsBack() {
    keeper.tableIsBack();
  }

  /**
   * Ends. COMPAT: what runs stops with {@code -I}, too.
   *
   * @param done runs when the kernel has answered
   */
  void stop(Runnable done) {
    states.follow(Optional.empty(), () -> {});
    comparison.disarm();
    links.ifPresent(
        news -> {
          loop.forget(news.fd());
          news.close();
        });
    links = Optional.empty();
    keeper.stop(done);
  }
}
