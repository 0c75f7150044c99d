package org.jkeepalived.control;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jkeepalived.control.http.HttpLook;
import org.jkeepalived.control.http.HttpService;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.loop.Owners;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has pages shown where they are wanted, on a thread that is there as long as they are. Lives on
 * the control thread, and in its network namespace: pages are read where the machine is managed,
 * whatever namespace virtual routers are in.
 */
final class WantedPages implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WantedPages.class);

  private final Owners owners;
  private final Supplier<CompletableFuture<HttpLook>> looks;
  private Optional<HttpService> service = Optional.empty();

  /**
   * @param looks has everything looked at; called on any thread
   */
  WantedPages(Owners owners, Supplier<CompletableFuture<HttpLook>> looks) {
    this.owners = owners;
    this.looks = looks;
  }

  /** Shows them there from now on, and nowhere else. */
  void become(Optional<InetSocketAddress> at) {
    if (at.isEmpty()) {
      close();
      return;
    }
    if (service.isEmpty()) {
      try {
        service = Optional.of(HttpService.start(owners, looks));
      } catch (SystemCallException | OutOfMemoryError e) {
        // that is what the library throws where the machine has no more threads
        LOG.error("No pages are shown: {}; a reload tries again", e.getMessage());
        return;
      }
    }
    service.get().listen(at.get());
  }

  @Override
  public void close() {
    if (service.isPresent()) {
      service.get().close();
      service = Optional.empty();
      LOG.info("No pages are shown any more");
    }
  }
}
