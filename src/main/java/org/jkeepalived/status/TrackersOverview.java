package org.jkeepalived.status;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jkeepalived.model.FileTracker;
import org.jkeepalived.model.ProcessTracker;
import org.jkeepalived.model.ScriptTracker;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.status.OverviewStyle.Paint;
import org.jkeepalived.track.TrackedLook;

/** Scripts, files and processes that are tracked, with what was last found out of each. */
final class TrackersOverview {

  private final VrrpSnapshot snapshot;
  private final OverviewStyle style;

  TrackersOverview(VrrpSnapshot snapshot, OverviewStyle style) {
    this.snapshot = snapshot;
    this.style = style;
  }

  /**
   * Hands out a table of them, unless there are none.
   *
   * @param routers where one thing is asked for, those whose trackers count
   */
  void write(List<RouterSnapshot> routers, Consumer<String> lines) {
    OverviewTable table = table(routers);
    if (!table.isEmpty()) {
      lines.accept("");
      table.write("", lines);
    }
  }

  /** The table, perhaps an empty one. */
  OverviewTable table(List<RouterSnapshot> routers) {
    Set<TrackTarget> tracked = new LinkedHashSet<>();
    Set<TrackTarget> faults = new HashSet<>();
    for (RouterSnapshot router : routers) {
      for (TrackedLook look : router.reasons().tracked()) {
        tracked.add(look.tracked().target());
        if (look.fault()) {
          faults.add(look.tracked().target());
        }
      }
    }
    OverviewTable table = new OverviewTable(style, "TRACKER", "STATE", "LAST RESULT");
    TrackerStatus status = snapshot.trackerStatus();
    for (ScriptTracker script : snapshot.configuration().trackers().scripts()) {
      if (isShown(script.target(), tracked)) {
        script(script, Optional.ofNullable(status.scripts().get(script.name())), table);
      }
    }
    for (FileTracker file : snapshot.configuration().trackers().files()) {
      Optional<Long> number = Optional.ofNullable(status.files().get(file.name()));
      if (isShown(file.target(), tracked)) {
        table.row(
            Cell.of("file " + file.name()),
            file(number, faults.contains(file.target())),
            Cell.of(number.map(known -> "says " + known).orElse("")));
      }
    }
    for (ProcessTracker process : snapshot.configuration().trackers().processes()) {
      Optional<TrackerStatus.Processes> known =
          Optional.ofNullable(status.processes().get(process.name()));
      if (isShown(process.target(), tracked)) {
        table.row(
            Cell.of("process " + process.name()),
            state(known.map(TrackerStatus.Processes::quorum)),
            Cell.of(known.map(one -> one.count() + " running").orElse("")));
      }
    }
    return table;
  }

  private boolean isShown(TrackTarget target, Set<TrackTarget> tracked) {
    return style.chosen().isEmpty() || tracked.contains(target);
  }

  /** What its number comes to depends on who tracks it, with what weight. */
  private static Cell file(Optional<Long> number, boolean fault) {
    return number
        .map(known -> fault ? new Cell("a fault", Paint.BAD) : new Cell("read", Paint.GOOD))
        .orElse(new Cell("not known yet", Paint.WAITING));
  }

  private static Cell state(Optional<Boolean> well) {
    return well.map(up -> up ? new Cell("up", Paint.GOOD) : new Cell("down", Paint.BAD))
        .orElse(new Cell("not known yet", Paint.WAITING));
  }

  private static void script(
      ScriptTracker script, Optional<TrackerStatus.Script> known, OverviewTable table) {
    table.row(
        Cell.of("script " + script.name()),
        state(known.filter(TrackerStatus.Script::answered).map(TrackerStatus.Script::well)),
        Cell.of(known.map(one -> result(script, one)).orElse("")));
  }

  private static String result(ScriptTracker script, TrackerStatus.Script known) {
    int most = script.rise() + script.fall() - 1;
    String doing =
        switch (known.activity()) {
          case IDLE -> "";
          case RUNNING -> ", running";
          case ENDING -> ", asked to end";
        };
    return known.result()
        + " of "
        + most
        + ", up from "
        + script.rise()
        + doing
        + known.trouble().map(trouble -> "; " + trouble).orElse("");
  }
}
