package org.jkeepalived.host.systemd;

import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.linux.process.NotifySocket;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.notify.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What systemd hears while all runs: who is master of what, and, where it wants to know ({@code
 * WatchdogSec}), that every owner answers. It is told from the thread of the scripts, which is
 * there in any case and may not hang: should it all the same, systemd hears nothing, and is right.
 */
public final class SystemdReport implements Event.Listener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SystemdReport.class);

  private static final long NANOS_PER_MICRO = 1000;

  private final NotifySocket socket;
  private final StatusReport status;
  private final OptionalLong watchdogMicros;
  private final WatchdogFeed feed;
  private boolean complained;

  private SystemdReport(
      NotifySocket socket, OptionalLong watchdogMicros, EventLoop loop, Owners owners) {
    this.socket = socket;
    this.watchdogMicros = watchdogMicros;
    status = new StatusReport(loop, text -> told(() -> socket.status(text)));
    feed =
        new WatchdogFeed(
            "the service manager",
            loop,
            watchdogMicros.orElse(1) * NANOS_PER_MICRO,
            owners.rollCall(name -> true),
            () -> told(socket::alive));
  }

  /**
   * @param loop of a thread that lives as long as anything runs
   * @param owners all of whom are to answer
   * @throws IOException {@code NOTIFY_SOCKET} is no socket
   */
  public static SystemdReport of(Map<String, String> environment, EventLoop loop, Owners owners)
      throws IOException {
    return new SystemdReport(
        NotifySocket.of(environment), NotifySocket.watchdogMicros(environment), loop, owners);
  }

  /** Hears, on the loop's thread, what happens. */
  @Override
  public void happened(Event event) {
    if (socket.isPresent()) {
      status.happened(event);
    }
  }

  /** Begins to tell. */
  public void start() {
    if (socket.isPresent()) {
      status.start();
      if (watchdogMicros.isPresent()) {
        feed.start();
      }
    }
  }

  private interface Message {
    boolean send() throws IOException;
  }

  private boolean told(Message message) {
    try {
      return message.send();
    } catch (IOException e) {
      if (!complained) {
        complained = true;
        LOG.warn("The service manager is not told how this daemon is: {}", FileError.text(e));
      }
      return true;
    }
  }

  /** To be called when the loop's thread has ended. */
  @Override
  public void close() {
    socket.close();
  }
}
