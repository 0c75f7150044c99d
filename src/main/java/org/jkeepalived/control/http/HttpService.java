package org.jkeepalived.control.http;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.process.ThreadPriority;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.time.TimerQueue.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that shows pages, and where: a port that cannot be had is asked for again and again,
 * and everything else goes on.
 */
public final class HttpService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpService.class);

  /**
   * A watchdog does not ask it: where the machine has much to do, its turn may be long in coming.
   */
  private static final FailureRule RULE =
      FailureRule.goOnOrHang("no page is shown any more; restart the daemon");

  /**
   * Everything else comes first, but not by much: when garbage is collected all threads wait until
   * this one has stopped, for which it must run, and at 19 that takes tens of milliseconds where
   * the machine has more to do than it can.
   */
  private static final int NICE = 5;

  private final OwnerThread thread;
  private final HttpPages pages;
  private final Supplier<CompletableFuture<HttpLook>> looks;
  private final HttpLimits limits;

  // the thread's own
  private final Timer again;
  private Optional<InetSocketAddress> wanted = Optional.empty();
  private Optional<HttpListener> listener = Optional.empty();
  private String told = "";

  private HttpService(
      OwnerThread thread,
      HttpPages pages,
      Supplier<CompletableFuture<HttpLook>> looks,
      HttpLimits limits) {
    this.thread = thread;
    this.pages = pages;
    this.looks = looks;
    this.limits = limits;
    again = thread.loop().timers().timer((deadline, now) -> open());
  }

  /**
   * Makes the thread, which listens nowhere yet. It lives in the network namespace of the thread
   * that calls this.
   *
   * @param looks has everything looked at; callable from any thread, completed on any
   * @throws SystemCallException the kernel refuses what a thread waits with
   */
  public static HttpService start(Owners owners, Supplier<CompletableFuture<HttpLook>> looks)
      throws SystemCallException {
    return start(owners, HttpPages.ofDaemon(), looks, HttpLimits.STANDARD);
  }

  static HttpService start(
      Owners owners,
      HttpPages pages,
      Supplier<CompletableFuture<HttpLook>> looks,
      HttpLimits limits)
      throws SystemCallException {
    OwnerThread thread = owners.make("http", RULE);
    HttpService service = new HttpService(thread, pages, looks, limits);
    thread.execute(HttpService::yieldToOthers);
    thread.start();
    return service;
  }

  private static void yieldToOthers() {
    try {
      ThreadPriority.nice(NICE);
    } catch (SystemCallException e) {
      LOG.debug("pages are as urgent as anything else: {}", e.getMessage());
    }
  }

  /** Listens there from now on, and nowhere else. Callable from any thread. */
  public void listen(InetSocketAddress at) {
    thread.execute(() -> become(at));
  }

  private void become(InetSocketAddress at) {
    if (!wanted.equals(Optional.of(at))) {
      hangUp();
      wanted = Optional.of(at);
      told = "";
      open();
    }
  }

  private void open() {
    InetSocketAddress at = wanted.orElseThrow();
    try {
      HttpListener opened = HttpListener.open(at, pages, looks, limits, thread.loop());
      listener = Optional.of(opened);
      LOG.info("Pages for browsers and Prometheus are at http://{}/", text(at));
    } catch (SystemCallException e) {
      tell("No pages at " + text(at) + " for now: " + e.error() + remedy(e.error().errno(), at));
      again.arm(thread.loop().nowNanos() + limits.againNanos());
    }
  }

  /** Once, not every time. */
  private void tell(String line) {
    if (!line.equals(told)) {
      told = line;
      LOG.warn("{}", line);
    }
  }

  private static String remedy(int errno, InetSocketAddress at) {
    String what =
        switch (errno) {
          case Errno.EADDRINUSE ->
              "'ss -ltnp sport = :"
                  + at.getPort()
                  + "' shows who has the port; give http_address another one, or end that";
          case Errno.EADDRNOTAVAIL -> "this machine does not have the address";
          case Errno.EACCES -> "ports below 1024 take CAP_NET_BIND_SERVICE";
          default -> "";
        };
    return (what.isEmpty() ? "" : "; " + what) + "; trying again";
  }

  private static String text(InetSocketAddress at) {
    String address = at.getAddress().getHostAddress();
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + at.getPort();
  }

  private void hangUp() {
    again.disarm();
    listener.ifPresent(HttpListener::close);
    listener = Optional.empty();
  }

  /** The port that it listens on; empty while it cannot. */
  CompletableFuture<Optional<Integer>> port() {
    CompletableFuture<Optional<Integer>> found = new CompletableFuture<>();
    thread.execute(
        () -> {
          try {
            found.complete(
                listener.isPresent() ? Optional.of(listener.get().port()) : Optional.empty());
          } catch (SystemCallException e) {
            found.completeExceptionally(e);
          }
        });
    return found;
  }

  /** Hangs up, and ends the thread. */
  @Override
  public void close() {
    thread.execute(this::hangUp);
    thread.close();
  }
}
