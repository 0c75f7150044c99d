package org.jkeepalived.linux.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptEnvironmentTest {

  private static final String PATH = "PATH=/bin";

  @Test
  void whatIsForTheDaemonAloneIsLeftOut() {
    assertEquals(
        List.of(PATH, "FOO=bar", "EMPTY=", "LC_ALL=C.UTF-8"),
        ScriptEnvironment.of(
            List.of(
                PATH,
                "FOO=bar",
                "_JAVA_SR_SIGNUM=60",
                "JKEEPALIVED_READY_FD=3",
                "EMPTY=",
                "NOTIFY_SOCKET=/run/systemd/notify",
                "malformed",
                "LC_ALL=C.UTF-8")));
  }

  @Test
  void localeIsTheOneThatTheLauncherFound() {
    assertEquals(
        List.of(PATH),
        ScriptEnvironment.of(List.of("LC_ALL=C.UTF-8", PATH, "JKEEPALIVED_LC_ALL=")));
    assertEquals(
        List.of(PATH, "LC_ALL=de_DE"),
        ScriptEnvironment.of(List.of("LC_ALL=C.UTF-8", PATH, "JKEEPALIVED_LC_ALL=de_DE")));
  }

  @Test
  void thereIsAlwaysAPath() {
    assertEquals(
        List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
        ScriptEnvironment.of(List.of()));
  }

  @Test
  void whatTheLauncherPutAsideIsThereAgain() {
    assertEquals(
        List.of("LD_PRELOAD=/x.so", PATH, "JAVA_TOOL_OPTIONS=-Da=b"),
        ScriptEnvironment.of(
            List.of(
                "JKEEPALIVED_KEPT_LD_PRELOAD=/x.so",
                PATH,
                "JKEEPALIVED_KEPT_JAVA_TOOL_OPTIONS=-Da=b")));
  }
}
