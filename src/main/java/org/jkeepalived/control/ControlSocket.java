package org.jkeepalived.control;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.linux.socket.UnixConnection;
import org.jkeepalived.linux.socket.UnixListener;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.time.TimerQueue.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where others ask the daemon; see the package for what they say. It cannot be kept busy: so many
 * connections there are at most, so many of them one user's, each for a bounded time, and so many
 * bytes of answers that nobody has read yet. Lives on the loop's thread once it is watched.
 */
final class ControlSocket implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);

  /** Connections at one time. */
  static final int MOST_CONNECTIONS = 16;

  /** Of them, those of one user who is not root: another one always gets through. */
  static final int MOST_OF_A_USER = 8;

  /** Answers that wait to be read, all together. The JSON of 10,000 instances has 30 MB. */
  static final long MOST_HELD_BYTES = 64L * 1024 * 1024;

  /** Connections at one time that have had their answer, besides; then the oldest is closed. */
  static final int MOST_PARTING = 32;

  private static final int ROOT = 0;
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int ACCEPTED_AT_ONCE = 8;
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path path;
  private final EventLoop loop;
  private final ControlCommands commands;
  private final ControlLimits limits;
  private final Timer pause;
  private final Set<ControlExchange> exchanges = new LinkedHashSet<>();
  private final Set<ControlExchange> parting = new LinkedHashSet<>();
  private final Map<Integer, Integer> connectionsByUser = new HashMap<>();

  private UnixListener listener;
  private Optional<NameWatch> name = Optional.empty();
  private String trouble = "";
  private ControlAccess access;
  private Optional<NativeMemory> buffer = Optional.empty();
  private long heldBytes;

  private ControlSocket(
      UnixListener listener,
      ControlAccess access,
      ControlCommands commands,
      ControlLimits limits,
      EventLoop loop) {
    this.listener = listener;
    path = listener.path();
    this.access = access;
    this.commands = commands;
    this.limits = limits;
    this.loop = loop;
    pause = loop.timers().timer((deadline, now) -> listen());
  }

  /**
   * Opens it; whoever connects waits until it is watched.
   *
   * @throws IOException it cannot be opened
   */
  static ControlSocket open(
      Path path,
      ControlAccess access,
      ControlCommands commands,
      ControlLimits limits,
      EventLoop loop)
      throws IOException {
    return new ControlSocket(
        UnixListener.open(path, access.group()), access, commands, limits, loop);
  }

  /** Answers from now on. To be called on the loop's thread, as all that follows. */
  void watch() {
    listen();
    try {
      name = Optional.of(NameWatch.begin(path, loop, this::beFound));
    } catch (SystemCallException e) {
      LOG.debug("It will not be noticed at once if {} is removed: {}", path, e.getMessage());
    }
  }

  /**
   * Sees to it that whoever looks for the socket finds it: somebody may have removed it, by hand or
   * by cleaning up.
   */
  void beFound() {
    if (listener.isFound()) {
      return;
    }
    // who has found it before
    accept();
    try {
      UnixListener again = UnixListener.open(path, access.group());
      loop.forget(listener.fd());
      listener.leave();
      listener = again;
      listen();
      trouble = "";
      LOG.warn("{} was removed, and is there again", path);
    } catch (IOException e) {
      String reason = FileError.text(e, path);
      if (!reason.equals(trouble)) {
        trouble = reason;
        LOG.warn("Nobody can ask this daemon but by signals: {}", reason);
      }
    }
  }

  private void listen() {
    try {
      loop.watch(listener.fd(), this::accept);
    } catch (SystemCallException e) {
      LOG.error("{}", e.error());
    }
  }

  /** Others may ask from now on. */
  void admit(ControlAccess others) {
    beFound();
    if (!others.equals(access)) {
      try {
        listener.admit(others.group());
        access = others;
      } catch (IOException e) {
        LOG.error("Who may ask stays as it is: {}", FileError.text(e, path));
      }
    }
  }

  private void accept() {
    for (int i = 0; i < ACCEPTED_AT_ONCE; i++) {
      int fd = listener.accept();
      if (fd >= 0) {
        accepted(fd);
      } else if (fd == -Errno.EAGAIN) {
        return;
      } else {
        rest(SystemError.of("accept", -fd));
        return;
      }
    }
  }

  /** Without descriptors to be had, the one who waits would wake the thread again and again. */
  private void rest(SystemError error) {
    if (error.isOwnLack()) {
      LOG.warn("Nobody can ask this daemon for now: {}", error);
      loop.forget(listener.fd());
      pause.arm(loop.nowNanos() + PAUSE_NANOS);
    }
  }

  private void accepted(int fd) {
    if (buffer.isEmpty()) {
      buffer = Optional.of(NativeMemory.allocate(BUFFER_BYTES));
    }
    UnixConnection connection = new UnixConnection(fd, buffer.get());
    UnixConnection.Peer peer;
    try {
      peer = connection.peer();
    } catch (SystemCallException e) {
      LOG.warn("{}", e.error());
      connection.close();
      return;
    }
    if (!access.admits(peer)) {
      LOG.warn(
          "User {} (process {}) may not ask this daemon",
          Integer.toUnsignedString(peer.user()),
          peer.process());
      connection.close();
      return;
    }
    ControlExchange exchange = new ControlExchange(connection, peer, loop, new Room(peer.user()));
    exchanges.add(exchange);
    int ofTheUser = connectionsByUser.merge(peer.user(), 1, Integer::sum);
    if (exchanges.size() > MOST_CONNECTIONS
        || (peer.user() != ROOT && ofTheUser > MOST_OF_A_USER)) {
      exchange.refuse("Too many ask at once");
    } else {
      exchange.begin(commands);
    }
  }

  /** What one exchange takes of what there is for all. */
  private final class Room implements ControlExchange.Room {
    private final int user;

    Room(int user) {
      this.user = user;
    }

    @Override
    public ControlLimits limits() {
      return limits;
    }

    @Override
    public long freeBytes() {
      return MOST_HELD_BYTES - heldBytes;
    }

    @Override
    public void hold(long bytes) {
      heldBytes += bytes;
    }

    @Override
    public void parting(ControlExchange exchange, long bytes) {
      leave(exchange, bytes);
      parting.add(exchange);
      if (parting.size() > MOST_PARTING) {
        parting.iterator().next().close();
      }
    }

    @Override
    public void ended(ControlExchange exchange, long bytes) {
      leave(exchange, bytes);
      parting.remove(exchange);
      if (exchanges.isEmpty() && parting.isEmpty()) {
        buffer = Optional.empty();
      }
    }

    private void leave(ControlExchange exchange, long bytes) {
      heldBytes -= bytes;
      if (exchanges.remove(exchange)) {
        connectionsByUser.computeIfPresent(user, (who, count) -> count == 1 ? null : count - 1);
      }
    }
  }

  /** Hangs up. */
  @Override
  public void close() {
    pause.discard();
    name.ifPresent(NameWatch::close);
    loop.forget(listener.fd());
    Set.copyOf(exchanges).forEach(ControlExchange::close);
    Set.copyOf(parting).forEach(ControlExchange::close);
    listener.close();
  }
}
