package org.jkeepalived.control.http;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.status.TextBlocks;
import org.jkeepalived.time.TimerQueue.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One page, put together once for all that ask while it is fresh: whoever asks a thousand times a
 * second costs the daemon one look in that second. Lives on the loop's thread.
 */
final class SharedPage {

  private static final Logger LOG = LoggerFactory.getLogger(SharedPage.class);

  /** How long a page may be: the metrics of 10,000 instances are 20 MiB. */
  static final long MOST_BYTES = 64L << 20;

  private final HttpPage page;
  private final Supplier<CompletableFuture<HttpLook>> looks;
  private final EventLoop loop;
  private final long freshNanos;

  /** Nobody may need it again, and it may be large. */
  private final Timer stale;

  private final Set<Reader> waiting = new LinkedHashSet<>();
  private Optional<TextBlocks> fresh = Optional.empty();
  private boolean underWay;

  /** Who wants the page. */
  interface Reader {

    void written(HttpPage page, TextBlocks text);

    void refused(HttpStatus status);
  }

  /**
   * @param looks has everything looked at; completed on any thread
   */
  SharedPage(
      HttpPage page, Supplier<CompletableFuture<HttpLook>> looks, EventLoop loop, long freshNanos) {
    this.page = page;
    this.looks = looks;
    this.loop = loop;
    this.freshNanos = freshNanos;
    stale = loop.timers().timer((deadline, now) -> fresh = Optional.empty());
  }

  /** Has it written soon, or at once. */
  void ask(Reader reader) {
    if (fresh.isPresent()) {
      reader.written(page, fresh.get());
      return;
    }
    waiting.add(reader);
    if (!underWay) {
      underWay = true;
      try {
        looks.get().whenComplete((look, failure) -> loop.execute(() -> looked(look, failure)));
      } catch (RuntimeException bug) {
        failed(bug);
      }
    }
  }

  /** Does not want it any more. */
  void forget(Reader reader) {
    waiting.remove(reader);
  }

  /** Exactly one of the two is there; the library says so with {@code null}. */
  private void looked(HttpLook look, Throwable failure) {
    if (failure != null) {
      failed(failure);
      return;
    }
    try {
      fresh = TextBlocks.of(pieces -> page.write(look, pieces), MOST_BYTES);
    } catch (RuntimeException bug) {
      failed(bug);
      return;
    }
    if (fresh.isEmpty()) {
      LOG.error("page {} cannot be shown: it has more than {} bytes", page.path(), MOST_BYTES);
      refuse();
      return;
    }
    stale.arm(loop.readClock() + freshNanos);
    TextBlocks text = fresh.get();
    served().forEach(reader -> reader.written(page, text));
  }

  private void failed(Throwable failure) {
    LOG.error("page {} cannot be shown", page.path(), failure);
    refuse();
  }

  private void refuse() {
    served().forEach(reader -> reader.refused(HttpStatus.FAILED));
  }

  private Set<Reader> served() {
    underWay = false;
    Set<Reader> all = Set.copyOf(waiting);
    waiting.clear();
    return all;
  }

  /** Holds nothing any more. */
  void close() {
    stale.discard();
    fresh = Optional.empty();
    waiting.clear();
  }
}
