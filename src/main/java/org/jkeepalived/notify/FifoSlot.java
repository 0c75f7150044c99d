package org.jkeepalived.notify;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.jkeepalived.model.Fifo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of one kind of FIFO, through all reloads.
 *
 * <p>keepalived removes a FIFO at each reload and makes it anew, so that its readers lose it; here
 * one that is configured as before stays, and its script runs on. A reader that is new has not
 * heard of the present states: they are written for it.
 */
final class FifoSlot {

  private static final Logger LOG = LoggerFactory.getLogger(FifoSlot.class);

  private final FifoKind kind;
  private final Pipe.Opener opener;
  private final NotifyContext context;
  private final Supplier<Collection<Event>> present;
  private Optional<Fifo> wanted = Optional.empty();
  private Optional<FifoChannel> channel = Optional.empty();
  private Optional<Backlog> heldBack = Optional.empty();
  private Optional<Runnable> whenClosed = Optional.empty();

  /**
   * @param present the states of now
   */
  FifoSlot(
      FifoKind kind,
      Pipe.Opener opener,
      NotifyContext context,
      Supplier<Collection<Event>> present) {
    this.kind = kind;
    this.opener = opener;
    this.context = context;
    this.present = present;
  }

  /**
   * Has the FIFO as it is configured.
   *
   * @param statesAgain write the present states to one that stays, too
   */
  void configure(Optional<Fifo> fifo, boolean statesAgain) {
    wanted = fifo;
    if (heldBack.isPresent()) {
      return;
    }
    boolean stays = channel.isPresent() && fifo.map(channel.get()::serves).orElse(false);
    if (stays) {
      if (statesAgain) {
        writeStates();
      }
    } else if (channel.isPresent() || fifo.isPresent()) {
      replace();
    }
  }

  private void writeStates() {
    channel.ifPresent(open -> present.get().forEach(open::write));
  }

  /** Somebody may have removed the FIFO, and the script died of it. */
  private void readerReturns() {
    if (channel.isPresent() && wanted.isPresent() && !channel.get().serves(wanted.get())) {
      replace();
    } else {
      writeStates();
    }
  }

  /** The old FIFO may have the new one's path: events are kept until the new one is open. */
  private void replace() {
    Backlog events = new Backlog();
    present.get().forEach(events::add);
    heldBack = Optional.of(events);
    if (channel.isPresent()) {
      channel.get().close(this::open);
    } else {
      open();
    }
  }

  private void open() {
    Backlog events = heldBack.orElseGet(Backlog::new);
    heldBack = Optional.empty();
    channel = wanted.flatMap(this::opened);
    channel.ifPresent(FifoChannel::open);
    for (; channel.isPresent() && !events.isEmpty(); events.removeFirst()) {
      channel.get().write(events.first());
    }
    whenClosed.ifPresent(this::close);
  }

  private Optional<FifoChannel> opened(Fifo fifo) {
    try {
      Pipe pipe = opener.open(kind.pipeName(), fifo);
      return Optional.of(new FifoChannel(kind, fifo, pipe, context, this::readerReturns));
    } catch (IOException failure) {
      LOG.error("{}", failure.getMessage());
      return Optional.empty();
    }
  }

  void write(Event event) {
    if (heldBack.isPresent()) {
      heldBack.get().add(event);
    } else {
      channel.ifPresent(open -> open.write(event));
    }
  }

  boolean isClosed() {
    return channel.isEmpty() && heldBack.isEmpty();
  }

  /**
   * The daemon stops.
   *
   * @param then called when the FIFO is closed, perhaps at once
   */
  void close(Runnable then) {
    whenClosed = Optional.of(then);
    if (heldBack.isPresent()) {
      return;
    }
    wanted = Optional.empty();
    if (channel.isPresent()) {
      channel
          .get()
          .close(
              () -> {
                channel = Optional.empty();
                then.run();
              });
    } else {
      then.run();
    }
  }

  /** The daemon waits no longer. */
  void abandon() {
    wanted = Optional.empty();
    whenClosed = Optional.empty();
    channel.ifPresent(FifoChannel::abandon);
    channel = Optional.empty();
  }
}
