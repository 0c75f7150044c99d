package org.jkeepalived.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.Notifications.Occasion;
import org.jkeepalived.notify.mail.AlertText;

/**
 * What happens to instances and sync groups.
 *
 * <p>COMPAT: all words are keepalived's, to the letter: filters and tickets are made from them.
 */
public sealed interface VrrpEvent extends Event {

  /** Whom to tell. */
  Notifications notifications();

  /** keepalived's word for what happened, as scripts and FIFOs get it. */
  String word();

  /** The effective priority, 1 to 255; COMPAT: of a group, 0. */
  int priority();

  @Override
  default boolean isForFifos() {
    return true;
  }

  @Override
  default String line() {
    return subject().kind() + " \"" + subject().name() + "\" " + word() + " " + priority();
  }

  /** The occasion's own script, then {@code notify}, which runs at states only. */
  @Override
  default List<Script> scripts() {
    List<Script> scripts = new ArrayList<>(2);
    occasion()
        .map(occasion -> notifications().scripts().get(occasion))
        .ifPresent(command -> scripts.add(new Script(command, List.of())));
    Optional.ofNullable(notifications().scripts().get(Occasion.ANY))
        .filter(command -> isState())
        .ifPresent(command -> scripts.add(new Script(command, arguments())));
    return scripts;
  }

  /** What {@code notify} gets after its own arguments. */
  default List<String> arguments() {
    return List.of(subject().kind().name(), subject().name(), word(), Integer.toString(priority()));
  }

  /** When its own script runs, if there is such an occasion. */
  default Optional<Occasion> occasion() {
    return Optional.empty();
  }

  @Override
  default boolean isFault() {
    return false;
  }

  @Override
  default Optional<AlertText> mail() {
    return notifications().mail() ? alert() : Optional.empty();
  }

  /** What a mail would say; empty if the event is not worth one. */
  default Optional<AlertText> alert() {
    return Optional.empty();
  }

  /** The states that scripts and FIFOs are told of, by the constants' names. */
  enum Entered {
    MASTER,
    BACKUP,
    FAULT
  }

  /**
   * How a state was entered.
   *
   * @param from the state before, by the constant's name
   * @param cause why, in words for the operator
   * @param nanos when, by VRRP's clock
   */
  record Change(String from, String cause, long nanos) {
    public Change {
      Objects.requireNonNull(from);
      Objects.requireNonNull(cause);
    }
  }

  /**
   * A state was entered.
   *
   * @param change how; empty of a group, which enters what its members have entered
   */
  record Transition(
      Subject subject,
      Entered state,
      int priority,
      Notifications notifications,
      Optional<Change> change)
      implements VrrpEvent {
    public Transition {
      requireWhole(subject, notifications);
      Objects.requireNonNull(state);
      Objects.requireNonNull(change);
    }

    /** One that nobody asks why. */
    public Transition(Subject subject, Entered state, int priority, Notifications notifications) {
      this(subject, state, priority, notifications, Optional.empty());
    }

    @Override
    public String word() {
      return state.name();
    }

    @Override
    public Standing standing() {
      return Standing.STATE;
    }

    @Override
    public Optional<Occasion> occasion() {
      return Optional.of(
          switch (state) {
            case MASTER -> Occasion.MASTER;
            case BACKUP -> Occasion.BACKUP;
            case FAULT -> Occasion.FAULT;
          });
    }

    @Override
    public boolean isFault() {
      return state == Entered.FAULT;
    }

    @Override
    public Optional<AlertText> alert() {
      return Optional.of(AlertText.entering(subject, word()));
    }

    /** The same state, with a priority that has changed since. */
    Transition withPriority(int now) {
      return new Transition(subject, state, now, notifications, change);
    }
  }

  /** The daemon stops the instance or group. */
  record Stopped(Subject subject, int priority, Notifications notifications) implements VrrpEvent {
    public Stopped {
      requireWhole(subject, notifications);
    }

    @Override
    public String word() {
      return "STOP";
    }

    @Override
    public Standing standing() {
      return Standing.END;
    }

    @Override
    public Optional<Occasion> occasion() {
      return Optional.of(Occasion.STOP);
    }

    @Override
    public Optional<AlertText> alert() {
      return Optional.of(AlertText.stopping(subject));
    }
  }

  /**
   * A reload has removed the instance. COMPAT: without {@code notify_deleted} a removal is told as
   * a FAULT, and of the scripts only {@code notify} hears of it.
   */
  record Deleted(Subject subject, int priority, Notifications notifications) implements VrrpEvent {
    public Deleted {
      requireWhole(subject, notifications);
    }

    @Override
    public String word() {
      return isFault() ? Entered.FAULT.name() : "DELETED";
    }

    @Override
    public Standing standing() {
      return Standing.END;
    }

    @Override
    public Optional<Occasion> occasion() {
      return Optional.of(Occasion.DELETED);
    }

    @Override
    public boolean isFault() {
      return !notifications.deleted();
    }

    @Override
    public Optional<AlertText> alert() {
      return Optional.of(
          isFault() ? AlertText.entering(subject, word()) : AlertText.deleted(subject));
    }
  }

  /**
   * A reload has given an instance another name. Its state goes on, so that nobody is told: scripts
   * that hear of a state act upon it. Only who asks for the present states finds it under the new
   * name, and not under the old one.
   *
   * @param subject the new name; or the old one, with no state
   * @param state the state that goes on; empty for the name that has none any more
   */
  record Renamed(
      Subject subject, Optional<Entered> state, int priority, Notifications notifications)
      implements VrrpEvent {
    public Renamed {
      requireWhole(subject, notifications);
      Objects.requireNonNull(state);
    }

    @Override
    public String word() {
      return state.map(Entered::name).orElse("RENAMED");
    }

    @Override
    public Standing standing() {
      return state.isPresent() ? Standing.STATE : Standing.END;
    }

    @Override
    public boolean isForFifos() {
      return false;
    }

    /** The same, as if it had been entered under the new name. */
    Optional<Transition> entered() {
      return state.map(known -> new Transition(subject, known, priority, notifications));
    }
  }

  /**
   * A priority has changed, within a state.
   *
   * @param master whether that is the master's; otherwise it is a backup's
   */
  record PriorityChange(Subject subject, boolean master, int priority, Notifications notifications)
      implements VrrpEvent {
    public PriorityChange {
      requireWhole(subject, notifications);
    }

    @Override
    public String word() {
      return master ? "MASTER_PRIORITY" : "BACKUP_PRIORITY";
    }

    @Override
    public Standing standing() {
      return Standing.PASSING;
    }

    /** With {@code notify_priority_changes} only. */
    @Override
    public boolean isForFifos() {
      return notifications.priorityChanges();
    }
  }

  /** A master has heard somebody advertise a lower priority. */
  record LowerPriorityAdvertisement(Subject subject, int priority, Notifications notifications)
      implements VrrpEvent {
    public LowerPriorityAdvertisement {
      requireWhole(subject, notifications);
    }

    @Override
    public String word() {
      return "MASTER_RX_LOWER_PRI";
    }

    @Override
    public Standing standing() {
      return Standing.PASSING;
    }

    @Override
    public Optional<Occasion> occasion() {
      return Optional.of(Occasion.MASTER_RX_LOWER_PRI);
    }
  }

  private static void requireWhole(Subject subject, Notifications notifications) {
    Objects.requireNonNull(subject);
    Objects.requireNonNull(notifications);
  }
}
