package org.jkeepalived.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

/** Somebody who asks a running daemon, on its node. */
final class Operator {

  private Operator() {}

  static Shell.Result ask(StartedDaemon daemon, String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "nsenter",
                "--target",
                Long.toString(daemon.pid()),
                "--mount",
                "--net",
                DaemonKind.JKEEPALIVED.program()));
    command.addAll(List.of(words));
    command.addAll(List.of("-p", "/run/lab.pid"));
    return Shell.attempt(command.toArray(String[]::new));
  }

  static void assertSays(Shell.Result result, int exitCode, String... parts) {
    assertEquals(exitCode, result.exitCode(), result::output);
    for (String part : parts) {
      assertTrue(result.output().contains(part), () -> part + " is not in " + result.output());
    }
  }
}
