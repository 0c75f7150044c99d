package org.jkeepalived.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.FileTracker;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.Notifications.Occasion;
import org.jkeepalived.model.ProcessTracker;
import org.jkeepalived.model.ScriptTracker;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.Weight;

/**
 * The lines of keepalived's dump about tracking and notifying, made of the model; before each, in
 * brackets, what it belongs to.
 */
final class TrackingText {

  private static final String KNOWN =
      "(VRRP Instance|VRRP Sync Group|VRRP Script|Track file|VRRP Track process|Using smtp"
          + " notification|Notify deleted|Notify priority changes|Weight|Rise|Fall|Command|Interval"
          + "|File|Process|Min processes|Max processes|Terminate delay|Fork delay|Full command"
          + "|(Master|Backup|Fault|Stop|Generic|Master rx lower pri) state transition script"
          + ") =.*|VRRP interface tracking disabled";

  private static final double NANOS_PER_SECOND = 1e9;

  static List<String> of(Configuration configuration) {
    List<String> lines = new ArrayList<>();
    for (VrrpInstance instance : configuration.instances()) {
      lines.add("VRRP Instance = " + instance.name());
      if (!instance.tracking().primaryLink()) {
        lines.add("VRRP interface tracking disabled");
      }
      lines.addAll(tracked(instance.tracking().things()));
      Notifications notifications = instance.notifications();
      lines.add("Using smtp notification = " + (notifications.mail() ? "yes" : "no"));
      lines.add("Notify deleted = " + (notifications.deleted() ? "Deleted" : "Fault"));
      lines.add("Notify priority changes = " + notifications.priorityChanges());
      lines.addAll(scripts(notifications));
    }
    for (SyncGroup group : configuration.groups()) {
      lines.add("VRRP Sync Group = " + group.name());
      group.members().forEach(member -> lines.add("member " + member));
      lines.add("Using smtp notification = " + (group.notifications().mail() ? "yes" : "no"));
      if (group.notifications().priorityChanges()) {
        lines.add("Notify priority changes = yes");
      }
      lines.addAll(tracked(group.things()));
      lines.addAll(scripts(group.notifications()));
    }
    for (ScriptTracker script : configuration.trackers().scripts()) {
      lines.add("VRRP Script = " + script.name());
      lines.add("Command = " + command(script.command()));
      lines.add("Interval = " + script.intervalNanos() / 1_000_000_000L + " sec");
      lines.add("Weight = " + weight(script.weight()));
      lines.add("Rise = " + script.rise());
      lines.add("Fall = " + script.fall());
    }
    for (FileTracker file : configuration.trackers().files()) {
      lines.add("Track file = " + file.name());
      lines.add("File = " + file.file());
      lines.add("Weight = " + weight(file.weight()));
    }
    configuration.trackers().processes().forEach(process -> lines.addAll(of(process)));
    return qualified(lines);
  }

  private static List<String> scripts(Notifications notifications) {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<Occasion, Command> script : notifications.scripts().entrySet()) {
      // the dump does not show that of DELETED
      if (script.getKey() != Occasion.DELETED) {
        lines.add(
            named(script.getKey()) + " state transition script = " + command(script.getValue()));
      }
    }
    return lines;
  }

  private static String named(Occasion occasion) {
    return switch (occasion) {
      case ANY -> "Generic";
      case MASTER_RX_LOWER_PRI -> "Master rx lower pri";
      default -> occasion.name().charAt(0) + occasion.name().substring(1).toLowerCase(Locale.ROOT);
    };
  }

  /** With the program's path as keepalived resolves it. */
  private static String command(Command command) {
    return "'" + String.join("' '", command.words()).replaceFirst("^/bin/", "/usr/bin/") + "'";
  }

  private static List<String> of(ProcessTracker process) {
    List<String> lines = new ArrayList<>();
    lines.add("VRRP Track process = " + process.name());
    lines.add(("Process = " + process.match().process()).strip());
    lines.add("Min processes = " + process.quorum());
    if (process.quorumMax() < Integer.MAX_VALUE) {
      lines.add("Max processes = " + process.quorumMax());
    }
    lines.add("Weight = " + weight(process.weight()));
    lines.add("Terminate delay = " + seconds(process.terminateDelayNanos()));
    lines.add("Fork delay = " + seconds(process.forkDelayNanos()));
    lines.add("Full command = " + process.match().fullCommand());
    return lines;
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.6fs", nanos / NANOS_PER_SECOND);
  }

  private static List<String> tracked(List<Tracked> things) {
    return things.stream()
        .map(
            tracked ->
                tracked.target().kind()
                    + " "
                    + tracked.target().name()
                    + " "
                    + weight(tracked.weight()))
        .toList();
  }

  private static String weight(Weight weight) {
    return weight.value() + (weight.reversed() ? " reverse" : "");
  }

  /** The same of a dump. */
  static List<String> ofDump(String dump) {
    List<String> lines = new ArrayList<>();
    boolean vrrp = false;
    String kind = "";
    for (String raw : dump.lines().toList()) {
      String line = raw.replaceFirst("^.* [0-9]{2}:[0-9]{2}:[0-9]{2} [0-9]{4}: ", "");
      String text = line.strip();
      if (line.startsWith("------")) {
        vrrp = line.contains("VRRP");
      } else if (vrrp && line.startsWith("     ")) {
        if (!kind.isEmpty()) {
          lines.add(kind + " " + text.replaceFirst(",? weight ", " "));
        }
      } else if (vrrp) {
        kind = kindOf(text);
        // of a group it is told only when it was said
        if (text.matches(KNOWN) && !text.equals("Notify priority changes = no")) {
          lines.add(
              text.replaceFirst(", ([A-Z]+|uid:gid [0-9:]+)$", "")
                  .replaceFirst("^File = .*/", "File = "));
        }
      }
    }
    return qualified(lines);
  }

  private static List<String> qualified(List<String> lines) {
    List<String> qualified = new ArrayList<>();
    String owner = "";
    for (String line : lines) {
      owner =
          line.matches("(VRRP (Instance|Sync Group|Script|Track process)|Track file) = .*")
              ? line
              : owner;
      qualified.add("[" + owner + "] " + line);
    }
    qualified.sort(null);
    return qualified;
  }

  private static String kindOf(String text) {
    if (text.equals("VRRP member instances :")) {
      return "member";
    }
    return text.startsWith("Tracked ")
        ? List.of("INTERFACE", "SCRIPT", "FILE", "PROCESS").stream()
            .filter(word -> text.toUpperCase(Locale.ROOT).startsWith("TRACKED " + word))
            .findFirst()
            .orElse("")
        : "";
  }

  private TrackingText() {}
}
