package org.jkeepalived.status;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What two public exporters make of keepalived's text files, by their rules of reading: they cut
 * lines at their indentation, at the first {@code =} or {@code :} and at blanks, look for words
 * that they know, and give up the whole file where a number or a state is none.
 * mehdy/keepalived-exporter goes by names, gen2brain/keepalived_exporter by the order of instances.
 */
public final class ExporterTexts {

  private static final List<String> STATES = List.of("INIT", "BACKUP", "MASTER", "FAULT");
  private static final List<String> SCRIPT_STATES =
      List.of("idle", "running", "requested termination", "forcing termination");

  private ExporterTexts() {}

  /** Something for which an exporter reports keepalived as down. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String line) {
      super(line);
    }
  }

  /**
   * An instance of {@code keepalived.data}.
   *
   * @param vips each with the words before the first blank and after the second
   */
  public record Instance(
      String name, int state, int wanted, String link, int vrid, int delay, List<String> vips) {}

  private static final class Draft {
    final String name;
    final Map<String, String> values = new LinkedHashMap<>();
    final List<String> vips = new ArrayList<>();

    Draft(String name) {
      this.name = name;
    }
  }

  private static String first(String line, String separator) {
    return line.strip().split(separator, -1)[0].strip();
  }

  private static String second(String line, String separator) {
    String[] parts = line.strip().split(separator, -1);
    if (parts.length < 2) {
      // Go's programs would panic here
      throw new Refused(line);
    }
    return parts[1].strip();
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new Refused(text);
    }
  }

  private static int state(String text) {
    if (!STATES.contains(text)) {
      throw new Refused(text);
    }
    return STATES.indexOf(text);
  }

  /** mehdy's reading of {@code keepalived.data}: instances by name. */
  public static Map<String, Instance> mehdyData(String text) {
    Map<String, Draft> drafts = new LinkedHashMap<>();
    Optional<Draft> current = Optional.empty();
    String key = "";
    for (String line : text.split("\n")) {
      if (line.startsWith(" VRRP Instance") && line.contains("=")) {
        current = Optional.of(new Draft(second(line, "=")));
        drafts.put(current.get().name, current.get());
      } else if (line.startsWith("   ") && current.isPresent()) {
        String value;
        if (line.startsWith("     ")) {
          value = line.strip();
        } else if (line.contains("=") || line.contains(":")) {
          String separator = line.contains("=") ? "=" : ":";
          key = first(line, separator);
          if (key.equals("Virtual IP")) {
            continue;
          }
          value = second(line, separator);
        } else {
          continue;
        }
        boolean address = key.startsWith("Virtual IP (") || key.equals("Virtual IP");
        if (address && !value.isEmpty()) {
          current.get().vips.add(value);
        }
        current.get().values.put(key, value);
      } else if (!line.startsWith(" VRRP Version") && !line.startsWith(" VRRP Script")) {
        current = Optional.empty();
      }
    }
    Map<String, Instance> found = new LinkedHashMap<>();
    drafts.forEach((name, draft) -> found.put(name, instance(draft)));
    return found;
  }

  private static Instance instance(Draft draft) {
    Map<String, String> values = draft.values;
    List<String> vips = new ArrayList<>();
    for (String vip : draft.vips) {
      String[] words = vip.split(" ", -1);
      if (words.length < 3) {
        throw new Refused(vip);
      }
      vips.add(words[0] + " " + words[2]);
    }
    return new Instance(
        draft.name,
        state(values.get("State")),
        state(values.get("Wantstate")),
        values.getOrDefault("Listening device", values.getOrDefault("Interface", "")),
        number(values.get("Virtual Router ID")),
        number(values.get("Gratuitous ARP delay")),
        vips);
  }

  /** mehdy's reading of the scripts in {@code keepalived.data}: status and state by name. */
  public static Map<String, String> mehdyScripts(String text) {
    Map<String, String> found = new LinkedHashMap<>();
    Optional<String> name = Optional.empty();
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : text.split("\n")) {
      if (line.startsWith(" VRRP Script") && line.contains("=")) {
        name.ifPresent(known -> found.put(known, script(values)));
        name = Optional.of(second(line, "="));
        values.clear();
      } else if (line.startsWith("   ") && name.isPresent()) {
        if (line.contains("=")) {
          values.put(first(line, "="), second(line, "="));
        }
      } else if (name.isPresent()) {
        found.put(name.get(), script(values));
        name = Optional.empty();
        values.clear();
      }
    }
    name.ifPresent(known -> found.put(known, script(values)));
    return found;
  }

  private static String script(Map<String, String> values) {
    String status = values.getOrDefault("Status", "");
    String state = values.getOrDefault("State", "");
    if (!List.of("BAD", "GOOD").contains(status) || !SCRIPT_STATES.contains(state)) {
      throw new Refused(values.toString());
    }
    return status + " " + state;
  }

  /** mehdy's reading of {@code keepalived.stats}: numbers by instance and heading. */
  public static Map<String, Map<String, Integer>> mehdyStatistics(String text) {
    Map<String, Map<String, Integer>> found = new LinkedHashMap<>();
    Map<String, Integer> current = new LinkedHashMap<>();
    String section = "";
    for (String line : text.split("\n")) {
      if (line.startsWith("VRRP Instance") && line.contains(":")) {
        current = new LinkedHashMap<>();
        found.put(second(line, ":"), current);
      } else if (line.startsWith("  ") && line.endsWith(":")) {
        section = first(line, ":");
      } else if (line.startsWith("    ") && !section.isEmpty()) {
        note(section + "/" + first(line, ":"), number(second(line, ":")), current);
      } else if (line.startsWith("  ") && !line.startsWith("    ")) {
        section = "";
        note(first(line, ":"), number(second(line, ":")), current);
      }
    }
    return found;
  }

  /** Only what it knows: a name of ours that is keepalived's, too, would change a number. */
  private static void note(String key, int value, Map<String, Integer> into) {
    if (KNOWN.contains(key)) {
      into.put(key, value);
    }
  }

  private static final List<String> KNOWN =
      List.of(
          "Advertisements/Received",
          "Advertisements/Sent",
          "Became master",
          "Released master",
          "Packet Errors/Length",
          "Packet Errors/TTL",
          "Packet Errors/Invalid Type",
          "Packet Errors/Advertisement Interval",
          "Packet Errors/Address List",
          "Authentication Errors/Invalid Type",
          "Authentication Errors/Type Mismatch",
          "Authentication Errors/Failure",
          "Priority Zero/Received",
          "Priority Zero/Sent");

  /**
   * gen2brain's reading of {@code keepalived.data}. An instance ends at its first line without an
   * equals sign, which is {@code Flags: none}: what comes behind it, it never sees.
   */
  public static List<Instance> gen2brainData(String text) {
    List<Instance> found = new ArrayList<>();
    String name = "";
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : text.split("\n")) {
      if (line.startsWith(" VRRP Instance") && line.contains("=")) {
        name = second(line, "=");
      } else if (line.startsWith("   ") && line.contains("=") && !name.isEmpty()) {
        values.put(first(line, "="), second(line, "="));
      } else if (!line.startsWith(" VRRP Version") && !name.isEmpty()) {
        found.add(
            new Instance(
                name,
                STATES.indexOf(values.getOrDefault("State", "INIT")),
                STATES.indexOf(values.getOrDefault("Wantstate", "INIT")),
                values.getOrDefault("Interface", ""),
                number(values.getOrDefault("Virtual Router ID", "0")),
                0,
                List.of()));
        name = "";
        values.clear();
      }
    }
    return found;
  }
}
