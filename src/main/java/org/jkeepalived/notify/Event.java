package org.jkeepalived.notify;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jkeepalived.model.Command;
import org.jkeepalived.notify.mail.AlertText;

/**
 * Something that happened, and all that is ever said of it: each kind is a record that knows its
 * words. Whoever hears of events decides who else hears of them, never what they are told.
 */
public sealed interface Event permits VrrpEvent, LvsEvent {

  /** Hears of events, in their order. May not block. */
  @FunctionalInterface
  interface Listener {
    void happened(Event event);
  }

  /** What is left of an event when the next one has happened. */
  enum Standing {
    /** The event tells a state, in which the subject is until the next such event. */
    STATE,
    /** The event tells the last state of the subject. */
    END,
    /** The event happens within a state. */
    PASSING
  }

  /**
   * A script that an event has run.
   *
   * @param arguments what it gets after the words of the file
   */
  record Script(Command command, List<String> arguments) {
    public Script {
      Objects.requireNonNull(command);
      arguments = List.copyOf(arguments);
    }
  }

  /** Whom the event happened to, and whose scripts wait for one another. */
  Subject subject();

  Standing standing();

  /** Whether FIFOs hear of the event. */
  boolean isForFifos();

  /** What a FIFO gets, without a line feed: {@code INSTANCE "VI_1" MASTER 100}. */
  String line();

  /** What runs, one after the other. */
  List<Script> scripts();

  /** Whether the event is a fault, of which {@code no_email_faults} wants no mail. */
  boolean isFault();

  /** What a mail says; empty if the event is not worth one, or nobody wants it. */
  Optional<AlertText> mail();

  /** Whether the event tells a state, and not something that happens within a state. */
  default boolean isState() {
    return standing() != Standing.PASSING;
  }
}
