package org.jkeepalived.status;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jkeepalived.lvs.CheckSnapshot;
import org.jkeepalived.lvs.ServerSnapshot;
import org.jkeepalived.lvs.ServiceSnapshot;
import org.jkeepalived.lvs.check.CheckLook;
import org.jkeepalived.time.LocalClock;
import org.jkeepalived.time.Moment;

/**
 * What the dump says of virtual servers only while they run. Lines that keepalived does not have
 * follow its own.
 */
final class LvsRunText {

  private final Moment moment;
  private final LocalClock clock;

  LvsRunText(Moment moment, LocalClock clock) {
    this.moment = moment;
    this.clock = clock;
  }

  List<String> service(ServiceSnapshot service) {
    List<String> lines = new ArrayList<>();
    // COMPAT: this says whether the table has it, and nothing of its real servers
    lines.add("alive = " + number(service.refusal().isEmpty()));
    lines.add("quorum_state_up = " + number(service.quorum().up()));
    lines.add("Weight of living real servers = " + service.quorum().weight());
    if (service.configured().sorry().isPresent()) {
      lines.add("Sorry server serves = " + CheckText.yesOrNo(service.sorryServes()));
    }
    since(service.quorum().sinceNanos(), lines);
    service.refusal().ifPresent(text -> lines.add("Refused by the kernel = " + text));
    return lines;
  }

  List<String> server(ServerSnapshot server) {
    List<String> lines = new ArrayList<>();
    lines.add("effective weight = " + server.share().weight());
    lines.add("alive = " + number(server.life().alive()));
    lines.add(
        "num failed checkers = "
            + server.checks().stream().filter(check -> !check.look().up()).count());
    lines.add("RS set = " + number(server.set()));
    since(server.life().sinceNanos(), lines);
    return lines;
  }

  /** The first lines of a check. */
  List<String> checkState(CheckSnapshot check, boolean suspended) {
    CheckLook look = check.look();
    return List.of(
        "Enabled = " + CheckText.yesOrNo(!suspended),
        "Up = " + CheckText.yesOrNo(look.up()),
        "Has run = " + CheckText.yesOrNo(look.runs() > 0),
        "Current weight = " + check.added());
  }

  /** The last lines of a check. */
  List<String> checkRuns(CheckSnapshot check) {
    List<String> lines = new ArrayList<>();
    CheckLook look = check.look();
    look.last().ifPresent(run -> last(run, lines));
    lines.add("Runs = " + look.runs());
    lines.add("Failures = " + look.failures());
    if (look.sharers() > 1) {
      lines.add("Asked once for real servers = " + look.sharers());
    }
    return lines;
  }

  private void last(CheckLook.Run run, List<String> lines) {
    lines.add("Last ran = " + TimeText.yearFirst(moment.at(run.endedNanos()), clock));
    lines.add("Last result = " + (run.succeeded() ? "success" : "failure, " + run.reason()));
    lines.add("Last duration = " + Durations.seconds(run.tookNanos()));
  }

  private void since(OptionalLong nanos, List<String> lines) {
    nanos.ifPresent(
        known -> lines.add("Last transition = " + TimeText.both(moment.at(known), clock)));
  }

  private static int number(boolean value) {
    return value ? 1 : 0;
  }
}
