package org.jkeepalived.host;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jkeepalived.host.vrrp.MaintenanceDesk;

/** {@code maintenance}: what the operator says to take virtual routers out, and back. */
final class MaintenanceWords implements Order {

  private static final String FOR = "--for=";
  private static final String KEEP = "--keep";
  private static final Pattern SPAN =
      Pattern.compile("(?:(\\d{1,4})d)?(?:(\\d{1,5})h)?(?:(\\d{1,6})m)?(?:(\\d{1,8})s?)?");
  private static final long[] UNIT_SECONDS = {86_400, 3_600, 60, 1};

  private final MaintenanceDesk desk;

  MaintenanceWords(MaintenanceDesk desk) {
    this.desk = desk;
  }

  @Override
  public String name() {
    return "maintenance";
  }

  @Override
  public String usage() {
    return "maintenance on|off [--for=TIME] [--keep] [NAME]: hands over what an instance or a sync"
        + " group holds, or all do, and stays out for a TIME such as 90s, 30m or 2h, or until told";
  }

  @Override
  public CompletableFuture<Outcome> carryOut(List<String> words, String asker) {
    List<String> rest = new ArrayList<>(words);
    boolean keep = rest.remove(KEEP);
    Optional<String> span = Optional.empty();
    for (Iterator<String> each = rest.iterator(); each.hasNext(); ) {
      String word = each.next();
      if (word.startsWith(FOR)) {
        span = Optional.of(word.substring(FOR.length()));
        each.remove();
      }
    }
    OptionalLong seconds = span.map(MaintenanceWords::seconds).orElse(OptionalLong.empty());
    if (span.isPresent() && seconds.isEmpty()) {
      return Outcome.notUnderstood(
          "--for is followed by a time such as 90s, 30m, 2h, 1h30m or 1d, not by " + span.get());
    }
    String what = rest.isEmpty() ? "" : rest.remove(0);
    // names may have blanks
    Optional<String> name = rest.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", rest));
    if (what.equals("on")) {
      return desk.begin(name, seconds, keep, asker).thenApply(MaintenanceWords::outcome);
    }
    if (what.equals("off") && !keep && span.isEmpty()) {
      return desk.end(name, asker).thenApply(MaintenanceWords::outcome);
    }
    return Outcome.notUnderstood(usage());
  }

  private static Outcome outcome(MaintenanceDesk.Answer answer) {
    List<String> lines = new ArrayList<>(answer.lines());
    answer.trouble().ifPresent(lines::add);
    return new Outcome(answer.trouble().isEmpty() ? Result.DONE : Result.FAILED, lines);
  }

  /**
   * A time span in seconds: {@code 90}, {@code 90s}, {@code 30m}, {@code 2h}, {@code 1d12h}; empty
   * for what is none, and for none at all.
   */
  static OptionalLong seconds(String text) {
    Matcher parts = SPAN.matcher(text);
    if (!parts.matches()) {
      return OptionalLong.empty();
    }
    long seconds = 0;
    for (int i = 0; i < UNIT_SECONDS.length; i++) {
      String number = parts.group(i + 1);
      seconds += number == null ? 0 : Long.parseLong(number) * UNIT_SECONDS[i];
    }
    return seconds == 0 ? OptionalLong.empty() : OptionalLong.of(seconds);
  }
}
