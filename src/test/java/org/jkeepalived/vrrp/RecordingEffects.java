package org.jkeepalived.vrrp;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.notify.VrrpEvent;

/** Writes down what a virtual router wants done, and keeps its alarms. */
final class RecordingEffects implements Effects {

  /** An alarm that is armed. */
  record Armed(Alarm alarm, long deadlineNanos) {}

  private final List<String> lines;
  private final String who;
  private final Map<Alarm, Long> armed = new EnumMap<>(Alarm.class);

  RecordingEffects() {
    this(new ArrayList<>(), "");
  }

  /** One of several that write to the same lines, each beginning with {@code who}. */
  RecordingEffects(List<String> lines, String who) {
    this.lines = lines;
    this.who = who;
  }

  /** What was wanted since the last call. */
  List<String> drain() {
    List<String> drained = List.copyOf(lines);
    lines.clear();
    return drained;
  }

  /** When the next alarm is due. */
  OptionalLong nextNanos() {
    return armed.values().stream().mapToLong(Long::longValue).min();
  }

  /** The alarm that is due first, by {@code untilNanos}; it is not armed any more. */
  Optional<Armed> due(long untilNanos) {
    Optional<Armed> first =
        armed.entrySet().stream()
            .filter(one -> one.getValue() <= untilNanos)
            .min(Map.Entry.comparingByValue())
            .map(one -> new Armed(one.getKey(), one.getValue()));
    first.ifPresent(one -> armed.remove(one.alarm()));
    return first;
  }

  private void say(String line) {
    lines.add(who + line);
  }

  static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.6f", nanos / 1e9);
  }

  private static String list(List<KernelObject> objects) {
    return objects.isEmpty()
        ? "nothing"
        : objects.stream().map(KernelObject::name).collect(Collectors.joining(" "));
  }

  @Override
  public void advertise(int priority) {
    say("advertise " + priority);
  }

  @Override
  public void take(List<KernelObject> objects) {
    say("take " + list(objects));
  }

  @Override
  public void release(List<KernelObject> objects) {
    say("release " + list(objects));
  }

  @Override
  public void announce(int repeat) {
    say("announce " + repeat + " times");
  }

  @Override
  public void cancelAnnouncements() {
    say("cancel announcements");
  }

  @Override
  public void arm(Alarm alarm, long deadlineNanos) {
    armed.put(alarm, deadlineNanos);
    say("arm " + alarm + " " + seconds(deadlineNanos));
  }

  @Override
  public void disarm(Alarm alarm) {
    if (armed.remove(alarm) != null) {
      say("disarm " + alarm);
    }
  }

  @Override
  public void shift(Alarm alarm, long byNanos, long nowNanos) {
    if (armed.containsKey(alarm)) {
      armed.put(alarm, Math.max(nowNanos, armed.get(alarm) + byNanos));
      say("shift " + alarm + " to " + seconds(armed.get(alarm)));
    }
  }

  @Override
  public void tell(VrrpEvent event) {
    say("tell " + event.word());
  }

  @Override
  public void log(Level level, String message) {
    say("log " + level + " " + message);
  }

  @Override
  public void transition(State from, State to, long nowNanos) {
    say(from + " -> " + to);
  }
}
