package org.jkeepalived.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jkeepalived.packaging.Installation.Result;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which of syslog, journal and standard error a daemon writes to, where all of them are there. */
@Tag("lab")
@Timeout(120)
class LocalLogLabTest {

  private static final String STUB =
      """
      org.jkeepalived.log.LoggingProvider.choose();
      boolean console = arguments[1].contains("l");
      boolean syslog = !arguments[1].contains("G");
      var options =
          new org.jkeepalived.log.LogOptions(
              console, false, syslog, new org.jkeepalived.log.Facility(16),
              java.util.Optional.empty(), false);
      try (var logging = org.jkeepalived.log.Logging.start(options, true, System.getenv())) {
        logging.identifierSuffix("_blue");
        org.slf4j.LoggerFactory.getLogger("org.jkeepalived.vrrp.Router").warn("hello");
      }
      """;

  /** In a mount namespace of its own: a /dev/log and a journal that write down what they get. */
  private static final String SCRIPT =
      """
      set -e
      mkdir dev
      mount -t tmpfs none dev
      cp -a /dev/null /dev/zero /dev/urandom /dev/random dev
      mount --move dev /dev
      mount -t tmpfs none /run
      mkdir -p /run/systemd/journal
      cat >receive.py <<'END'
      import os, socket, subprocess, sys
      def bound(path):
          s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
          s.bind(path)
          s.setblocking(False)
          return s
      syslog, journal = bound('/dev/log'), bound('/run/systemd/journal/socket')
      ours, stderr = socket.socketpair()
      stat = os.fstat(stderr.fileno())
      stream = '%d:%d' % (stat.st_dev, stat.st_ino) if sys.argv[1] == 'service' else '1:2'
      subprocess.run(sys.argv[2:], stderr=stderr, check=True, env={**os.environ, 'JOURNAL_STREAM': stream})
      ours.setblocking(False)
      for name, s in (('syslog', syslog), ('journal', journal), ('stderr', ours)):
          try:
              print(name, s.recv(65536).decode())
          except BlockingIOError:
              pass
      END
      exec python3 receive.py "$@"
      """;

  @TempDir Path directory;

  @Test
  void aServiceWritesJournalEntries() throws Exception {
    String out = receive("service", "-n");
    assertTrue(
        out.matches(
            "journal PRIORITY=4\\nSYSLOG_FACILITY=16\\nSYSLOG_IDENTIFIER=Keepalived_vrrp_blue\\n"
                + "SYSLOG_PID=[0-9]+\\nLOGGER=org.jkeepalived.vrrp.Router\\nMESSAGE=hello\\n\\n"),
        out);
    assertEquals(
        out.replaceAll("PID=[0-9]+", ""), receive("service", "-nl").replaceAll("PID=[0-9]+", ""));
    assertEquals("stderr <4>hello\n\n", receive("service", "-nlG"));
  }

  @Test
  void anythingElseWritesToSyslog() throws Exception {
    String syslog = "syslog <132>[A-Z][a-z]{2} .{11} Keepalived_vrrp_blue\\[[0-9]+\\]: hello\\n";
    String out = receive("shell", "-n");
    assertTrue(out.matches(syslog), out);
    String both = receive("shell", "-nl");
    assertTrue(both.matches(syslog + "stderr [A-Z].*[0-9]{4}: hello\\n\\n"), both);
    assertEquals("", receive("shell", "-nG"));
  }

  private String receive(String as, String option) throws Exception {
    Path work = Files.createTempDirectory(directory, "run");
    Installation stub = Installation.withMain(work, STUB);
    Path script = Files.writeString(work.resolve("script"), SCRIPT);
    Result result =
        stub.runOther(
            Path.of("/usr/bin/unshare"),
            "-m",
            "sh",
            script.toString(),
            as,
            work.resolve("bin/jkeepalived").toString(),
            "-n",
            option);
    assertEquals("", result.err());
    return result.out();
  }
}
