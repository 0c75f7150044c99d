package org.jkeepalived.vrrp;

import static org.jkeepalived.vrrp.RecordingEffects.seconds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.SyncGroup;

/**
 * Plays a sync group's life, line by line. A line begins with a time in seconds, up to which alarms
 * fire as they come due; all that the members and their group VG want done is written down but for
 * timers, announcements and what only {@code -D} logs.
 *
 * <pre>
 * group NAME WORD... / NAME WORD...    new members, as {@link TestInstance} describes them
 * T start                              T stop
 * T NAME hear ADDRESS PRIORITY ...     any event of {@link Script}, of one member
 * T form NAME...                       a reload: who is in the group now; nobody: it is removed
 * T add NAME WORD...                   a reload: one more virtual router, in the group too
 * T wait                               T stall
 * # a comment
 * </pre>
 */
final class GroupScript implements SyncGroupState.Effects {

  private static final Pattern OMITTED =
      Pattern.compile("\\S+ (arm|disarm|announce|cancel|log DETAIL) .*|\\S+ cancel announcements");

  private final List<String> lines = new ArrayList<>();
  private final Map<String, Actor> actors = new LinkedHashMap<>();
  private SyncGroupState group = new SyncGroupState(group(List.of()), this);

  /** One virtual router. */
  private record Actor(VirtualRouter router, RecordingEffects effects)
      implements SyncGroupState.Member {
    @Override
    public void command(Consumer<VirtualRouter> step) {
      step.accept(router);
    }
  }

  private static SyncGroup group(List<String> members) {
    return new SyncGroup("VG", members, List.of(), Notifications.NONE);
  }

  @Override
  public void log(SyncGroup of, String message) {
    lines.add(of.name() + " log " + message);
  }

  @Override
  public void transition(SyncGroup of, State to) {
    lines.add(of.name() + " is " + to);
  }

  /** What was wanted, line by line. */
  List<String> play(String line) {
    lines.clear();
    if (line.isBlank() || line.startsWith("#")) {
      return List.of();
    }
    String[] words = line.split(" ");
    if (words[0].equals("group")) {
      actors.clear();
      group = new SyncGroupState(group(List.of()), this);
      for (String one : line.substring("group ".length()).split(" / ")) {
        add(one.split(" "));
      }
      form(List.copyOf(actors.keySet()), 0);
      return List.of();
    }
    long now = TestInstance.nanos(words[0]);
    fireAlarms(now, words[1].equals("stall"));
    happen(words, now);
    return lines.stream().filter(each -> !OMITTED.matcher(each).matches()).toList();
  }

  private void add(String[] words) {
    String[] described = Arrays.copyOfRange(words, 1, words.length + 1);
    described[words.length - 1] = "name=" + words[0];
    RecordingEffects effects = new RecordingEffects(lines, words[0] + " ");
    VirtualRouter router = new VirtualRouter(TestInstance.of(described), effects);
    router.setSource(TestInstance.address("192.0.2.10"));
    actors.put(words[0], new Actor(router, effects));
  }

  private void form(List<String> names, long now) {
    group.dissolve();
    actors.values().forEach(actor -> actor.router().setSyncPeers(SyncPeers.NONE));
    if (names.isEmpty()) {
      group = new SyncGroupState(group(names), this);
    }
    List<SyncGroupState.Member> members = new ArrayList<>();
    names.forEach(name -> members.add(actors.get(name)));
    group.form(group(names), members, now);
  }

  private void fireAlarms(long now, boolean late) {
    while (true) {
      Actor next = null;
      for (Actor actor : actors.values()) {
        long due = actor.effects().nextNanos().orElse(Long.MAX_VALUE);
        if (due <= now && (next == null || due < next.effects().nextNanos().getAsLong())) {
          next = actor;
        }
      }
      if (next == null) {
        return;
      }
      RecordingEffects.Armed armed = next.effects().due(now).orElseThrow();
      int before = lines.size();
      long at = late ? now : armed.deadlineNanos();
      next.router().alarm(armed.alarm(), armed.deadlineNanos(), at);
      if (lines.size() > before) {
        String who = next.router().instance().name();
        lines.add(before, "(" + who + " at " + seconds(at) + ")");
      }
    }
  }

  private void happen(String[] words, long now) {
    switch (words[1]) {
      case "start" -> group.start(group.members(), now);
      case "stop" -> {
        actors.values().forEach(actor -> actor.router().stop(true, now));
        group.stop();
      }
      case "form" -> form(Arrays.asList(words).subList(2, words.length), now);
      case "add" -> {
        add(Arrays.copyOfRange(words, 2, words.length));
        form(List.copyOf(actors.keySet()), now);
        group.start(List.of(actors.get(words[2])), now);
      }
      case "wait", "stall" -> {
        // time has passed
      }
      default -> {
        List<String> rest = new ArrayList<>(Arrays.asList(words));
        rest.remove(1);
        Script.happen(actors.get(words[1]).router(), rest.toArray(String[]::new), now);
      }
    }
  }
}
