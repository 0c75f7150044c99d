package org.jkeepalived.notify;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.Notifications.Occasion;
import org.jkeepalived.notify.mail.AlertText;

/**
 * Something that happened, and all that is ever said of it: each kind is a record that knows its
 * words. Whoever hears of events decides who else hears of them, never what they are told.
 */
public sealed interface Event permits VrrpEvent {

  /** Hears of events, in their order. May not block. */
  @FunctionalInterface
  interface Listener {
    void happened(Event event);
  }

  /** What is left of an event when the next one has happened. */
  enum Standing {
    /** It tells a state, in which the subject is until the next one. */
    STATE,
    /** The same, and there is none after it. */
    END,
    /** It happens within a state. */
    PASSING
  }

  /** Whom it happened to. */
  Subject subject();

  /** Whom to tell. */
  Notifications notifications();

  Standing standing();

  /** Whether FIFOs hear of it. */
  boolean isForFifos();

  /** What a FIFO gets, without a line feed: {@code INSTANCE "VI_1" MASTER 100}. */
  String line();

  /** When its own script runs, if there is such an occasion. */
  Optional<Occasion> occasion();

  /** What {@code notify} gets after its own arguments, which runs at states only. */
  List<String> arguments();

  /** Whether it is bad news: of those, {@code no_email_faults} keeps mail. */
  boolean isFault();

  /** What a mail says; empty if it is not worth one. */
  Optional<AlertText> mail();

  /** Whether it tells a state, and not something that happens within one. */
  default boolean isState() {
    return standing() != Standing.PASSING;
  }
}
