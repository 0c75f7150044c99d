package org.jkeepalived.lvs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.lvs.table.TableAnswer;
import org.jkeepalived.lvs.table.TableChange;
import org.jkeepalived.lvs.table.TableService;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.Quorum;
import org.jkeepalived.model.lvs.RealServer;
import org.jkeepalived.model.lvs.ServerConduct;
import org.jkeepalived.model.lvs.TableSettings;
import org.jkeepalived.model.lvs.VirtualServer;
import org.jkeepalived.notify.LvsEvent;

/** What the simulation must notice: something between the pools and their world does not work. */
enum PoolSabotage {
  NONE(""),
  /** A failure is not heard. */
  DEAF_TO_FAILURE("is in the table"),
  /** A recovery is not heard. */
  DEAF_TO_RECOVERY("is not in the table"),
  /** A weight that a check gives is not heard. */
  DEAF_TO_WEIGHT("has weight"),
  /** The operator's wish is not heard. */
  DEAF_TO_WISHES("has weight"),
  /** A slow start never goes on. */
  STUCK_START("has weight"),
  /** Checks are down where they should be up at first. */
  REVERSED_START("in the table"),
  /** Real servers that are to go stay, and nobody looks. */
  LOST_REMOVAL("is in the table"),
  /** A refusal is told as a success, and nobody looks. */
  REFUSAL_UNHEARD("in the table"),
  /** The table is read as if it were empty. */
  BLIND("in the table"),
  /** Hysteresis does not count. */
  NO_HYSTERESIS("quorum"),
  /** The quorum is one more than configured. */
  ANOTHER_QUORUM("quorum"),
  /** No server is inhibited. */
  NO_INHIBITION("is not in the table"),
  /** There is no sorry server. */
  NO_SORRY_SERVER("in the table"),
  /** A reload is not carried out. */
  NO_RELOAD("table"),
  /** What happens to real servers is not told. */
  SILENT_SERVERS("was told"),
  /** What happens to the quorum is told twice. */
  REPEATED_QUORUM("twice"),
  /** Events come before the table is written. */
  HASTY_EVENTS("before the table"),
  /** Each service goes and comes anew when it changes. */
  MADE_ANEW("connections"),
  /** Services of others count as what an earlier run has left. */
  GREEDY("somebody else's"),
  /** Nobody says that a kernel without IPVS has got it. */
  UNSEEN_RETURN("timeouts"),
  /** A kernel without IPVS is said to have done what it was asked. */
  MISSING_UNHEARD("without a table"),
  /** {@code lvs_timeouts} do not get to the kernel. */
  NO_TIMEOUTS("timeouts"),
  /** It is not heard that addresses have come or gone. */
  DEAF_TO_ADDRESSES("runs"),
  /** What is suspended runs on. */
  SLEEPLESS("runs without"),
  /** What was suspended does not run again. */
  NEVER_RESUMED("does not run"),
  /** The stop leaves everything. */
  NO_CLEANING("after the stop");

  private final String noticedAs;

  PoolSabotage(String noticedAs) {
    this.noticedAs = noticedAs;
  }

  /** What the violation's message says, among others. */
  String noticedAs() {
    return noticedAs;
  }

  /** Whether a change is said to be done, and is not. */
  boolean drops(TableChange change) {
    return this == LOST_REMOVAL && change instanceof TableChange.RemoveDestination;
  }

  TableAnswer answer(TableChange change, TableAnswer answer) {
    boolean missing = answer.error().filter(error -> error.number() == 0).isPresent();
    return answer.outcome() == TableAnswer.Outcome.REFUSED
            && (this == REFUSAL_UNHEARD || this == MISSING_UNHEARD && missing)
        ? new TableAnswer(change, TableAnswer.Outcome.DONE, Optional.empty())
        : answer;
  }

  /** Whether the comparison never comes. */
  private boolean comparesNever() {
    return this == LOST_REMOVAL || this == REFUSAL_UNHEARD || this == NO_CLEANING;
  }

  List<TableService> read(List<TableService> table) {
    return this == BLIND ? List.of() : table;
  }

  List<TableChange> changes(List<TableChange> changes) {
    if (this != MADE_ANEW) {
      return changes;
    }
    List<TableChange> more = new ArrayList<>();
    for (TableChange change : changes) {
      if (change instanceof TableChange.EditService edit) {
        more.add(new TableChange.RemoveService(edit.service()));
        more.add(new TableChange.AddService(edit.service(), edit.settings()));
      }
      more.add(change);
    }
    return more;
  }

  /** The configuration as those who are sabotaged get it. */
  Director director(Director whole) {
    return new Director(
        whole.servers().stream().map(this::server).toList(),
        whole.tls(),
        table(whole.table()),
        whole.checksOnce());
  }

  private TableSettings table(TableSettings whole) {
    return comparesNever()
        ? new TableSettings(
            whole.written(),
            whole.timeouts(),
            whole.flushedAtStart(),
            whole.atStop(),
            Long.MAX_VALUE / 4,
            whole.marking(),
            whole.sockets())
        : whole;
  }

  private VirtualServer server(VirtualServer whole) {
    Quorum quorum = whole.quorum();
    if (this == NO_HYSTERESIS) {
      quorum = new Quorum(quorum.weight(), 0, quorum.up(), quorum.down());
    } else if (this == ANOTHER_QUORUM) {
      quorum = new Quorum(quorum.weight() + 1, quorum.hysteresis(), quorum.up(), quorum.down());
    }
    return new VirtualServer(
        whole.service(),
        whole.balancing(),
        quorum,
        conduct(whole.conduct()),
        whole.servers().stream().map(this::server).toList(),
        this == NO_SORRY_SERVER ? Optional.empty() : whole.sorry());
  }

  private VirtualServer.Conduct conduct(VirtualServer.Conduct whole) {
    return new VirtualServer.Conduct(
        whole.servers(),
        whole.omega(),
        whole.suspended(),
        this == STUCK_START ? Long.MAX_VALUE / 100 : whole.slowStartNanos(),
        whole.mail(),
        whole.snmpName());
  }

  private RealServer server(RealServer whole) {
    return new RealServer(
        whole.address(),
        whole.load(),
        whole.forwarding(),
        this == NO_INHIBITION ? ServerConduct.of(whole.conduct().alpha(), false) : whole.conduct(),
        whole.tidings(),
        whole.checks());
  }

  /** How often an event is told. */
  int times(LvsEvent event) {
    if (this == SILENT_SERVERS && event instanceof LvsEvent.ServerState) {
      return 0;
    }
    return this == REPEATED_QUORUM && event instanceof LvsEvent.QuorumState ? 2 : 1;
  }
}
