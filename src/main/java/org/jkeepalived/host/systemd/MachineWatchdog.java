package org.jkeepalived.host.systemd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.linux.process.WatchdogDevice;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code watchdog_device}: the machine is reset unless the thread that speaks VRRP answers. A
 * master whose daemon hangs holds its addresses and tells nobody; a machine that is reset does not.
 *
 * <p>It is fed on a thread of its own: a driver may hang.
 */
public final class MachineWatchdog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MachineWatchdog.class);

  private static final FailureRule RULE =
      FailureRule.goOnOrHang("the watchdog is not fed any more, the machine may be reset");

  private static final String VRRP = "vrrp";
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long CLOSE_MILLIS = 500;

  /** Opens what has that name. */
  interface Opening {
    WatchdogDevice open(Path path) throws IOException;
  }

  private final Opening opening;
  private final Owners owners;
  private final Path path;
  private Optional<OwnerThread> thread = Optional.empty();

  // the thread's own
  private Optional<WatchdogDevice> device = Optional.empty();
  private boolean complained;

  /**
   * @param owners whose VRRP thread is to answer
   * @param path the device's
   */
  public MachineWatchdog(Owners owners, String path) {
    this(owners, path, WatchdogDevice::open);
  }

  MachineWatchdog(Owners owners, String path, Opening opening) {
    this.opening = opening;
    this.owners = owners;
    this.path = Path.of(path);
  }

  /**
   * Opens the device and begins to feed it. Where that cannot be, the log says why, and the daemon
   * runs without.
   *
   * @throws SystemCallException there is no thread to be had
   */
  public void start() throws SystemCallException {
    OwnerThread made = owners.make("watchdog", RULE).start();
    thread = Optional.of(made);
    made.execute(() -> open(made));
  }

  private void open(OwnerThread own) {
    try {
      WatchdogDevice opened = opening.open(path);
      device = Optional.of(opened);
      int seconds = opened.seconds();
      LOG.info("Watchdog {} resets this machine unless it is fed for {} seconds", path, seconds);
      new WatchdogFeed(
              "the watchdog " + path,
              own.loop(),
              seconds * NANOS_PER_SECOND,
              owners.rollCall(VRRP::equals),
              () -> feed(opened))
          .start();
    } catch (IOException e) {
      LOG.warn("Watchdog {} is not used: {}", path, FileError.text(e, path));
    }
  }

  private void feed(WatchdogDevice opened) {
    try {
      opened.feed();
      complained = false;
    } catch (SystemCallException e) {
      if (!complained) {
        complained = true;
        LOG.error("Watchdog {} cannot be fed, the machine may be reset: {}", path, e.getMessage());
      }
    }
  }

  /** The daemon ends as it should: the watchdog is told so. */
  @Override
  public void close() {
    boolean ended = thread.map(own -> own.endWithin(CLOSE_MILLIS, this::closeDevice)).orElse(true);
    if (!ended) {
      LOG.warn("Watchdog {} does not answer: it may reset this machine", path);
    }
  }

  private void closeDevice() {
    device.ifPresent(
        opened -> {
          try {
            opened.close();
          } catch (SystemCallException e) {
            LOG.warn("Watchdog {} may reset this machine: {}", path, e.getMessage());
          }
        });
    device = Optional.empty();
  }
}
