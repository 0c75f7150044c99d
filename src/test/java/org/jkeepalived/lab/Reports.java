package org.jkeepalived.lab;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** What a daemon writes of itself when it is asked, made comparable. */
final class Reports {

  private Reports() {}

  /** Asks until what it writes is as it should be. */
  static String await(
      TwoNodes nodes,
      StartedDaemon daemon,
      String signal,
      String file,
      Predicate<String> condition) {
    String path = "tmp/keepalived." + file;
    AtomicReference<String> text = new AtomicReference<>("");
    Await.until(
        daemon.kind() + " writes " + path,
        () -> {
          daemon.signal(signal);
          text.set(nodes.first.read(path));
          return condition.test(text.get());
        },
        () -> text + nodes.evidence());
    return text.get();
  }

  /**
   * Times, descriptors and the name of the host are each daemon's own. 2.2.7 tells passwords, 2.4
   * does not; 2.4 tells when it advertised and counts what is tracked, 2.2.7 does not.
   */
  static List<String> comparable(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.matches(" *(Last advert sent|Number of tracker faults) = .*"))
        .map(line -> line.replaceFirst("(Last transition|Read timeout) = \\d.*", "$1 = then"))
        .map(line -> line.replaceFirst("(Password) = .*", "$1 = hidden"))
        .map(line -> line.replaceFirst("fd_in \\d+(,?) fd_out( =)? \\d+", "fd_in n$1 fd_out$2 n"))
        .toList();
  }

  /** Without what keepalived does not tell. */
  static String withoutOurs(String json) {
    return json.replaceAll(",\"jkeepalived\":\\{[^}]*}", "");
  }

  static String jsonData(String json) {
    return withoutOurs(json)
        .replaceAll("\"last_transition\":[0-9.]+", "\"last_transition\":then")
        .replaceAll("\"stats\":\\{[^}]*}", "")
        .replaceAll("\"auth_data\":\"[^\"]*\"", "\"auth_data\":hidden")
        // new in 2.3
        .replaceAll("\"track_process\":\\[[^]]*],?", "")
        .trim();
  }

  /** Every line of {@code part} stands in {@code whole}, in that order. */
  static void assertInOrder(List<String> part, List<String> whole) {
    assertTrue(part.size() > 10, () -> String.join("\n", part));
    int at = 0;
    for (String line : part) {
      int found = whole.subList(at, whole.size()).indexOf(line);
      int from = at;
      assertTrue(
          found >= 0,
          () ->
              "not found: "
                  + line
                  + "\n--- in\n"
                  + String.join("\n", whole.subList(from, whole.size()))
                  + "\n--- of\n"
                  + String.join("\n", part));
      at += found + 1;
    }
  }
}
