package org.jkeepalived.control;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jkeepalived.control.ControlAnswer.Status;
import org.jkeepalived.linux.process.OwnProcess;
import org.jkeepalived.status.DaemonFigures;
import org.jkeepalived.status.OverviewStyle;
import org.jkeepalived.status.RefusedText;
import org.jkeepalived.status.ReportContext;
import org.jkeepalived.status.SinceText;
import org.jkeepalived.status.Snapshot;
import org.jkeepalived.time.NanoClock;

/** {@code status}: how everything is, for people or for programs. */
final class StatusCommand implements ControlCommand {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final WholeLook look;
  private final ReportContext context;
  private final String subject;
  private final NanoClock clock;
  private final Supplier<DaemonFigures> figures;
  private final long readySinceNanos;

  /**
   * @param subject which daemon this is, in a line
   * @param figures how the daemon as a whole does
   */
  StatusCommand(
      WholeLook look,
      ReportContext context,
      String subject,
      NanoClock clock,
      Supplier<DaemonFigures> figures) {
    this.figures = figures;
    this.look = look;
    this.context = context;
    this.subject = subject;
    this.clock = clock;
    readySinceNanos = clock.nowNanos();
  }

  @Override
  public String name() {
    return "status";
  }

  @Override
  public String usage() {
    return "status [json] [colour] [NAME]: how everything is, or one instance, group or virtual"
        + " server";
  }

  @Override
  public CompletableFuture<ControlAnswer> begin(ControlRequest request) {
    List<String> words = new ArrayList<>(request.words());
    boolean json = words.remove("json");
    boolean coloured = words.remove("colour");
    // some virtual servers are called FWM 5
    String said = String.join(" ", words);
    return look.ask()
        .thenApply(
            snapshots -> {
              List<String> meant = said.isEmpty() ? List.of() : meant(snapshots, said);
              if (!said.isEmpty() && meant.size() != 1) {
                return unknown(said, meant);
              }
              OverviewStyle style = new OverviewStyle(coloured, meant.stream().findFirst());
              return json ? json(snapshots, style) : text(snapshots, style);
            });
  }

  private static List<String> meant(List<Snapshot> snapshots, String said) {
    List<String> found =
        snapshots.stream().flatMap(one -> one.meant(said).stream()).distinct().toList();
    return found.contains(said) ? List.of(said) : found;
  }

  private static ControlAnswer unknown(String said, List<String> meant) {
    return ControlAnswer.of(
        Status.FAILED,
        meant.isEmpty()
            ? "No instance, group or virtual server is called " + said
            : said + " may be " + String.join(" or ", meant));
  }

  private ControlAnswer json(List<Snapshot> snapshots, OverviewStyle style) {
    List<Snapshot> shown =
        style
            .chosen()
            .map(name -> snapshots.stream().map(each -> each.only(name)).toList())
            .orElse(snapshots);
    return new ControlAnswer(Status.DONE, pieces -> json(shown, pieces));
  }

  private ControlAnswer text(List<Snapshot> snapshots, OverviewStyle style) {
    return new ControlAnswer(
        Status.DONE,
        pieces -> {
          Consumer<String> lines =
              line -> {
                pieces.accept(line);
                pieces.accept("\n");
              };
          if (style.chosen().isEmpty()) {
            lines.accept(subject + ", ready for " + SinceText.age(readyNanos()));
            RefusedText.lines(figures.get().reloads(), context.clock()).forEach(lines);
            lines.accept("");
          }
          Iterator<Snapshot> each = snapshots.iterator();
          while (each.hasNext()) {
            each.next().overview(context, style, lines);
            if (each.hasNext() && style.chosen().isEmpty()) {
              lines.accept("");
            }
          }
        });
  }

  private long readyNanos() {
    return clock.nowNanos() - readySinceNanos;
  }

  private void json(List<Snapshot> snapshots, Consumer<String> pieces) {
    pieces.accept(
        "{\"process\":"
            + OwnProcess.id()
            + ","
            + RefusedText.json(figures.get().reloads())
            + "\"ready_seconds\":"
            + readyNanos() / NANOS_PER_SECOND);
    for (Snapshot snapshot : snapshots) {
      pieces.accept(",");
      snapshot.overviewJson(pieces);
    }
    pieces.accept("}\n");
  }
}
