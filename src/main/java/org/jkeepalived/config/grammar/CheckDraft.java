package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.grammar.TimingDraft.Timed;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.CheckSchedule;
import org.jkeepalived.model.lvs.CheckTimes;

/** What has been read of one check of a real server; a class for each kind of check. */
abstract class CheckDraft implements Timed {

  private static final long SECOND_NANOS = 1_000_000_000L;

  /**
   * What the finished check depends on besides its server.
   *
   * @param logsAllFailures {@code checker_log_all_failures}
   */
  record Surroundings(Commands commands, GrammarReport report, boolean logsAllFailures) {}

  final RealServerDraft server;
  private final TimingDraft timing = new TimingDraft();
  Optional<Boolean> alpha = Optional.empty();
  Optional<Boolean> logsAllFailures = Optional.empty();

  CheckDraft(RealServerDraft server) {
    this.server = server;
  }

  @Override
  public final TimingDraft timing() {
    return timing;
  }

  @Override
  public final String name() {
    return server.name();
  }

  /** What its block stands for: itself, and whatever else is checked because of it. */
  List<CheckDraft> all() {
    return List.of(this);
  }

  /**
   * The finished check, now that the whole file has been read; empty, with the reason reported,
   * where it cannot run.
   */
  abstract Optional<Check> complete(Surroundings around);

  /** What it says itself, and where it is silent its real server and its virtual server. */
  final TimingDraft inherited() {
    return timing.over(server.timing()).over(server.service.timing());
  }

  /**
   * When it runs.
   *
   * @param retries unless anybody says something else
   * @param retrySeconds from a failure to the next try, unless anybody says something else
   */
  final CheckSchedule schedule(Surroundings around, long retries, long retrySeconds) {
    return schedule(around, retries, Optional.of(retrySeconds * SECOND_NANOS));
  }

  /** The same, where the next try comes as late as the next run unless anybody says otherwise. */
  final CheckSchedule scheduleByInterval(Surroundings around, long retries) {
    return schedule(around, retries, Optional.empty());
  }

  private CheckSchedule schedule(Surroundings around, long retries, Optional<Long> retryNanos) {
    TimingDraft all = inherited();
    long interval = all.intervalNanos.orElse(CheckTimes.STANDARD.intervalNanos());
    return new CheckSchedule(
        interval,
        all.warmupNanos.orElse(interval),
        all.retries.orElse(retries),
        all.retryNanos.or(() -> retryNanos).orElse(interval),
        alpha.or(() -> server.alpha).orElse(server.service.alpha),
        logsAllFailures.orElse(around.logsAllFailures()));
  }
}
