package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.FROM_1;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A thread that cannot go on: another machine takes over at once, and finds the address free. */
@Lab
final class FatalEndLabTest {

  /**
   * Has a thread's wait fail, as a debugger could: epoll_wait(2), in whichever form, returns EBADF
   * once. Numbers are those of x86-64.
   */
  private static final String FAIL_THE_WAIT =
      """
      import ctypes, os, sys
      ptrace = ctypes.CDLL(None, use_errno=True).ptrace
      ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
      SEIZE, INTERRUPT, DETACH, GETREGS, SETREGS, WALL = 0x4206, 0x4207, 17, 12, 13, 0x40000000
      RAX, ORIG_RAX, WAITS, EBADF = 10, 15, (232, 281, 441), 9
      thread, registers = int(sys.argv[1]), (ctypes.c_ulong * 27)()
      def ask(request, data=None):
          if ptrace(request, thread, None, data):
              sys.exit("ptrace %x: %s" % (request, os.strerror(ctypes.get_errno())))
      waits = False
      while not waits:
          ask(SEIZE)
          ask(INTERRUPT)
          os.waitpid(thread, WALL)
          ask(GETREGS, registers)
          waits = registers[ORIG_RAX] in WAITS
          if waits:
              registers[RAX] = 2**64 - EBADF
              ask(SETREGS, registers)
          ask(DETACH)
      """;

  private static String vrrpThread(StartedDaemon daemon) throws IOException {
    try (Stream<Path> threads = Files.list(Path.of("/proc", daemon.pid() + "", "task"))) {
      for (Path thread : threads.toList()) {
        if (Files.readString(thread.resolve("comm")).equals("vrrp\n")) {
          return thread.getFileName().toString();
        }
      }
    }
    throw new IOException("no thread vrrp");
  }

  @Test
  void resignsAndReleases() throws Exception {
    assumeTrue(System.getProperty("os.arch").equals("amd64"), "registers are those of x86-64");
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon master = nodes.first.start(DaemonKind.JKEEPALIVED, instance(150).text());
      nodes.awaitFirstIsMaster();
      assertTrue(nodes.first.has(VIRTUAL));
      nodes.wire.skip();
      Process debugger =
          new ProcessBuilder("python3", "-c", FAIL_THE_WAIT, vrrpThread(master))
              .inheritIO()
              .start();
      assertTrue(debugger.waitFor(30, TimeUnit.SECONDS));
      assertEquals(0, debugger.exitValue());
      assertEquals(2, master.awaitExit());
      assertTrue(master.log().contains("the VRRP thread cannot go on: jkeepalived ends"));
      assertFalse(nodes.first.has(VIRTUAL), nodes::evidence);
      List<Advertisement> sent = nodes.wire.advertisements(FROM_1);
      assertEquals(0, sent.get(sent.size() - 1).priority(), nodes::evidence);
    }
  }
}
