package org.jkeepalived.control.http;

import java.net.InetSocketAddress;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.linux.socket.PeerSocket;
import org.jkeepalived.linux.socket.TcpListener;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.status.TextBlocks;
import org.jkeepalived.time.TimerQueue.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where others connect to read pages. It cannot be kept busy: so many connections there are at
 * most, each for a bounded time. Lives on the loop's thread.
 */
final class HttpListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

  /** Connections at one time. */
  static final int MOST_CONNECTIONS = 32;

  /** Pages that wait to be read, all together, each counted once however many read it. */
  static final long MOST_HELD_BYTES = SharedPage.MOST_BYTES;

  /** A page of so many bytes has always room: those who do not read large ones keep nobody away. */
  static final long SMALL_BYTES = 256L << 10;

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int ACCEPTED_AT_ONCE = 8;
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final TcpListener listener;
  private final boolean loopback;
  private final HttpLimits limits;
  private final EventLoop loop;
  private final Timer pause;
  private final NativeMemory buffer = NativeMemory.allocate(BUFFER_BYTES);
  private final Map<String, SharedPage> pages = new LinkedHashMap<>();
  private final Set<HttpExchange> exchanges = new LinkedHashSet<>();
  private final HttpExchange.Room room = new Shared();

  /** By what they are, not by what they say. */
  private final Map<TextBlocks, Integer> held = new IdentityHashMap<>();

  private long heldBytes;

  private HttpListener(
      TcpListener listener,
      boolean loopback,
      HttpPages pages,
      Supplier<CompletableFuture<HttpLook>> looks,
      HttpLimits limits,
      EventLoop loop) {
    this.listener = listener;
    this.loopback = loopback;
    this.limits = limits;
    this.loop = loop;
    pause = loop.timers().timer((deadline, now) -> watch());
    for (HttpPage page : pages.all()) {
      this.pages.put(page.path(), new SharedPage(page, looks, loop, limits.freshNanos()));
    }
  }

  /**
   * Opens it, and answers from now on.
   *
   * @param looks has everything looked at; completed on any thread
   * @throws SystemCallException it cannot be opened
   */
  static HttpListener open(
      InetSocketAddress at,
      HttpPages pages,
      Supplier<CompletableFuture<HttpLook>> looks,
      HttpLimits limits,
      EventLoop loop)
      throws SystemCallException {
    HttpListener opened =
        new HttpListener(
            TcpListener.open(at), at.getAddress().isLoopbackAddress(), pages, looks, limits, loop);
    opened.watch();
    return opened;
  }

  int port() throws SystemCallException {
    return listener.port();
  }

  private void watch() {
    try {
      loop.watch(listener.fd(), this::accept);
    } catch (SystemCallException e) {
      LOG.error("{}", e.error());
    }
  }

  private void accept() {
    for (int i = 0; i < ACCEPTED_AT_ONCE; i++) {
      int fd = listener.accept();
      if (fd >= 0) {
        accepted(PeerSocket.accepted(fd, buffer));
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
      LOG.warn("Nobody can read pages for now: {}", error);
      loop.forget(listener.fd());
      pause.arm(loop.nowNanos() + PAUSE_NANOS);
    }
  }

  /** The one that has taken longest to say what it wants makes room for who may be quicker. */
  private void accepted(PeerSocket socket) {
    if (exchanges.size() >= MOST_CONNECTIONS) {
      Optional<HttpExchange> slowest =
          exchanges.stream().filter(HttpExchange::mayGiveWay).findFirst();
      if (slowest.isEmpty()) {
        socket.close();
        return;
      }
      slowest.get().close();
    }
    HttpExchange exchange = new HttpExchange(socket, loop, room);
    exchanges.add(exchange);
    exchange.begin();
  }

  private final class Shared implements HttpExchange.Room {

    @Override
    public HttpLimits limits() {
      return limits;
    }

    @Override
    public Optional<SharedPage> page(String path) {
      return Optional.ofNullable(pages.get(path));
    }

    @Override
    public List<String> paths() {
      return List.copyOf(pages.keySet());
    }

    @Override
    public boolean isForEverybody() {
      return !loopback;
    }

    @Override
    public boolean hold(TextBlocks text) {
      if (!held.containsKey(text)) {
        if (heldBytes + text.length() > MOST_HELD_BYTES && text.length() > SMALL_BYTES) {
          return false;
        }
        heldBytes += text.length();
      }
      held.merge(text, 1, Integer::sum);
      return true;
    }

    @Override
    public void release(TextBlocks text) {
      int left = held.merge(text, -1, Integer::sum);
      if (left == 0) {
        held.remove(text);
        heldBytes -= text.length();
      }
    }

    @Override
    public void ended(HttpExchange exchange) {
      exchanges.remove(exchange);
    }
  }

  /** Hangs up. */
  @Override
  public void close() {
    pause.discard();
    loop.forget(listener.fd());
    Set.copyOf(exchanges).forEach(HttpExchange::close);
    pages.values().forEach(SharedPage::close);
    listener.close();
  }
}
