package org.jkeepalived.linux.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells the service manager how the daemon is: sd_notify(3), without the library.
 *
 * <p>Without a service manager every method does nothing. One thread uses an object.
 */
public final class NotifySocket implements AutoCloseable {

  private static final String VARIABLE = "NOTIFY_SOCKET";

  private final Optional<UnixDatagramSocket> socket;

  private NotifySocket(Optional<UnixDatagramSocket> socket) {
    this.socket = socket;
  }

  /**
   * The socket that {@code NOTIFY_SOCKET} names, if it does.
   *
   * @throws IOException if it names something that cannot be a socket's address
   */
  public static NotifySocket of(Map<String, String> environment) throws IOException {
    String path = environment.getOrDefault(VARIABLE, "");
    if (path.isEmpty()) {
      return new NotifySocket(Optional.empty());
    }
    if (!path.startsWith("/") && !path.startsWith("@")) {
      throw new IOException(VARIABLE + " is neither a path nor an abstract name: " + path);
    }
    try {
      return new NotifySocket(Optional.of(UnixDatagramSocket.to(path)));
    } catch (IllegalArgumentException unusable) {
      throw new IOException(VARIABLE + ": " + unusable.getMessage(), unusable);
    }
  }

  /** True if there is somebody to tell. */
  public boolean isPresent() {
    return socket.isPresent();
  }

  /** The first configuration is applied: dependent units may start. */
  public void ready() throws IOException {
    send("READY=1\nMAINPID=" + OwnProcess.id());
  }

  /**
   * A reload begins; {@link #ready} ends it.
   *
   * @param monotonicMicros CLOCK_MONOTONIC now, which tells systemd that it is this reload
   */
  public void reloading(long monotonicMicros) throws IOException {
    send("RELOADING=1\nMONOTONIC_USEC=" + monotonicMicros);
  }

  /**
   * The daemon is on its way out.
   *
   * @param mostMicros how long that may take; the service manager waits that long at least, and
   *     longer if its own limit is longer
   */
  public void stopping(long mostMicros) throws IOException {
    send("STOPPING=1\nSTATUS=stopping\nEXTEND_TIMEOUT_USEC=" + mostMicros);
  }

  /**
   * The start may take its time: the service manager waits that long at least.
   *
   * @param mostMicros from now
   */
  public void starting(long mostMicros) throws IOException {
    send("EXTEND_TIMEOUT_USEC=" + mostMicros);
  }

  /**
   * What {@code systemctl status} shows. Never waits.
   *
   * @return false if the service manager has no room for it now
   */
  public boolean status(String status) throws IOException {
    return offer("STATUS=" + oneLine(status));
  }

  /**
   * The daemon is alive: wanted twice in each {@link #watchdogMicros}. Never waits.
   *
   * @return false if the service manager has no room for it now
   */
  public boolean alive() throws IOException {
    return offer("WATCHDOG=1");
  }

  /** How long the service manager waits for {@link #alive}; empty if it does not. */
  public static OptionalLong watchdogMicros(Map<String, String> environment) {
    String process = environment.getOrDefault("WATCHDOG_PID", "");
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    boolean ours = process.isEmpty() || process.equals(Long.toString(OwnProcess.id()));
    return ours && micros.matches("[1-9][0-9]{0,17}")
        ? OptionalLong.of(Long.parseLong(micros))
        : OptionalLong.empty();
  }

  /** A line feed would begin another assignment. */
  private static String oneLine(String status) {
    return status.replace('\n', ' ');
  }

  private void send(String state) throws IOException {
    if (socket.isPresent()) {
      byte[] datagram = state.getBytes(StandardCharsets.UTF_8);
      socket.get().send(datagram, Math.min(datagram.length, UnixDatagramSocket.MAXIMUM_BYTES));
    }
  }

  private boolean offer(String state) throws IOException {
    if (socket.isEmpty()) {
      return true;
    }
    byte[] datagram = state.getBytes(StandardCharsets.UTF_8);
    return socket
        .get()
        .offer(datagram, Math.min(datagram.length, UnixDatagramSocket.MAXIMUM_BYTES));
  }

  @Override
  public void close() {
    socket.ifPresent(UnixDatagramSocket::close);
  }
}
