package org.jkeepalived.notify;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jkeepalived.model.Command;
import org.jkeepalived.notify.mail.AlertText;

/**
 * What happens to virtual servers and the real servers behind them. A real server's scripts wait
 * for one another, and so do a virtual server's; nobody waits for another one's, but that the
 * quorum's script lets those of the servers go first for a moment.
 *
 * <p>COMPAT: all words are keepalived's, to the letter. Scripts get the words of the file and
 * nothing more; neither a reload nor a reader that is new has FIFOs told of present states.
 */
public sealed interface LvsEvent extends Event {

  /** The virtual server, as keepalived writes it: {@code [10.0.0.101]:tcp:80}, {@code FWM 5}. */
  String service();

  /** Whether what it happened to is up now. */
  boolean up();

  /** What runs, if anything does. */
  default Optional<Command> script() {
    return Optional.empty();
  }

  /** Whether somebody wants a mail. */
  default boolean mailed() {
    return true;
  }

  /** What a mail says. */
  AlertText alert();

  @Override
  default Standing standing() {
    return Standing.STATE;
  }

  @Override
  default boolean isForFifos() {
    return true;
  }

  @Override
  default boolean isFault() {
    return false;
  }

  @Override
  default List<Script> scripts() {
    return script().map(command -> new Script(command, List.of())).stream().toList();
  }

  @Override
  default Optional<AlertText> mail() {
    return mailed() ? Optional.of(alert()) : Optional.empty();
  }

  /**
   * A real server has failed or is back.
   *
   * @param server as keepalived writes it: {@code [10.0.0.11]:tcp:80}
   * @param script {@code notify_up} or {@code notify_down}
   * @param mailed whether somebody wants a mail
   * @param reason what the mail says, such as {@code TCP CHECK failed on service}
   */
  record ServerState(
      String server,
      String service,
      boolean up,
      Optional<Command> script,
      boolean mailed,
      String reason)
      implements LvsEvent {
    public ServerState {
      Objects.requireNonNull(server);
      Objects.requireNonNull(service);
      Objects.requireNonNull(script);
      Objects.requireNonNull(reason);
    }

    @Override
    public Subject subject() {
      return Subject.realServer(server, service);
    }

    @Override
    public String line() {
      return serverLine(server, service, up);
    }

    @Override
    public AlertText alert() {
      return AlertText.realServer(server, service, word(up), reason);
    }
  }

  /**
   * A real server is up from the start, {@code rs_init_notifies}: scripts and FIFOs hear of it as
   * if it had come up, and nobody gets a mail.
   *
   * @param server as keepalived writes it: {@code [10.0.0.11]:tcp:80}
   * @param script {@code notify_up}
   */
  record ServerAtStart(String server, String service, Optional<Command> script)
      implements LvsEvent {
    public ServerAtStart {
      Objects.requireNonNull(server);
      Objects.requireNonNull(service);
      Objects.requireNonNull(script);
    }

    @Override
    public Subject subject() {
      return Subject.realServer(server, service);
    }

    @Override
    public boolean up() {
      return true;
    }

    @Override
    public boolean mailed() {
      return false;
    }

    @Override
    public String line() {
      return serverLine(server, service, true);
    }

    @Override
    public AlertText alert() {
      return AlertText.realServer(server, service, word(true), "Starting up");
    }
  }

  /**
   * A check of a real server has failed or succeeded, while the real server stays down, for other
   * checks have failed, too. Only mail tells of it, which {@code no_checker_emails} keeps.
   *
   * @param server as keepalived writes it: {@code [10.0.0.11]:tcp:80}
   * @param up whether the check is up now
   * @param reason what the mail says, such as {@code TCP CHECK failed on service}
   */
  record CheckState(String server, String service, boolean up, String reason) implements LvsEvent {
    public CheckState {
      Objects.requireNonNull(server);
      Objects.requireNonNull(service);
      Objects.requireNonNull(reason);
    }

    @Override
    public Subject subject() {
      return Subject.realServer(server, service);
    }

    @Override
    public Standing standing() {
      return Standing.PASSING;
    }

    @Override
    public boolean isForFifos() {
      return false;
    }

    @Override
    public String line() {
      return serverLine(server, service, up);
    }

    /** COMPAT: it says how the real server is, not how the check is. */
    @Override
    public AlertText alert() {
      return AlertText.realServer(server, service, word(false), reason);
    }
  }

  /**
   * A virtual server has lost its quorum or gained it.
   *
   * @param script {@code quorum_up} or {@code quorum_down}
   * @param mailed whether somebody wants a mail
   * @param reason what the mail says, such as {@code Gained quorum 1+0=1 <= 1}
   */
  record QuorumState(
      String service, boolean up, Optional<Command> script, boolean mailed, String reason)
      implements LvsEvent {
    public QuorumState {
      Objects.requireNonNull(service);
      Objects.requireNonNull(script);
      Objects.requireNonNull(reason);
    }

    @Override
    public Subject subject() {
      return Subject.virtualServer(service);
    }

    @Override
    public String line() {
      return "VS " + service + " " + word(up);
    }

    @Override
    public AlertText alert() {
      return AlertText.virtualServer(service, word(up), reason);
    }
  }

  private static String serverLine(String server, String service, boolean up) {
    return "RS " + server + " " + service + " " + word(up);
  }

  private static String word(boolean up) {
    return up ? "UP" : "DOWN";
  }
}
