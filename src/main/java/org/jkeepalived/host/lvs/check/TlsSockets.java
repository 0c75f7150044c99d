package org.jkeepalived.host.lvs.check;

import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.lvs.check.WebFetcher.Ending;
import org.jkeepalived.lvs.check.WebFetcher.Question;
import org.jkeepalived.model.lvs.TlsFiles;

/**
 * Questions over TLS, on a thread of their own that comes with the first of them, as all of Netty
 * does. Lives on the checks' thread.
 */
final class TlsSockets {

  private final Owners owners;
  private final CheckLoop checks;
  private TlsFiles files;

  // written on the checks' thread, and read by whoever closes it
  private volatile Optional<TlsLoop> loop = Optional.empty();

  /** The thread's of TLS. */
  private TlsClient client = new TlsClient(TlsFiles.NONE);

  TlsSockets(Owners owners, CheckLoop checks, TlsFiles files) {
    this.owners = owners;
    this.checks = checks;
    this.files = files;
  }

  private TlsLoop opened() {
    if (loop.isEmpty()) {
      TlsLoop made = new TlsLoop(owners);
      loop = Optional.of(made);
      use(files);
    }
    return loop.get();
  }

  /** These files from now on, read anew. */
  void use(TlsFiles changed) {
    files = changed;
    if (loop.isPresent()) {
      loop.get().execute(() -> client = new TlsClient(changed));
    }
  }

  /** Has the thread get ready, before anything that is asked for after this. */
  void warmUp() {
    opened().execute(() -> client.warmUp());
  }

  /** One question; what comes of it is told on the checks' thread. */
  final class Fetch {
    private final Question question;
    private final Consumer<Ending> done;
    private boolean cancelled;
    private Optional<TlsFlight> flight = Optional.empty();

    Fetch(Question question, Consumer<Ending> done) {
      this.question = question;
      this.done = done;
    }

    void begin() {
      if (cancelled) {
        return;
      }
      TlsFlight made =
          new TlsFlight(
              opened(),
              checks.sockets(),
              question,
              () -> client,
              ending -> checks.execute(() -> done.accept(ending)));
      flight = Optional.of(made);
      opened().execute(made::begin);
    }

    void cancel() {
      cancelled = true;
      if (flight.isPresent()) {
        opened().execute(flight.get()::cancel);
      }
    }
  }

  /** Closes all connections and ends the thread; on any thread, once that of checks has ended. */
  void close() {
    if (loop.isPresent()) {
      loop.get().close();
    }
  }
}
