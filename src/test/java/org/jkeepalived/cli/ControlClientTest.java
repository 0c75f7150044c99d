package org.jkeepalived.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.cli.ControlClient.NobodyException;
import org.jkeepalived.daemon.ControlPlace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Daemons that answer, and those that do not. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ControlClientTest {

  @TempDir Path folder;

  private ServerSocketChannel listen() throws Exception {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return server.bind(UnixDomainSocketAddress.of(folder.resolve("x.control")));
  }

  private ControlClient client() {
    return new ControlClient(
        new ControlPlace(
            folder.resolve("x.pid"), folder.resolve("x.control"), folder.resolve("x.parent")),
        false);
  }

  /** One that was stopped, or hangs: whoever asks it from a script is not to hang as well. */
  @Test
  void whoDoesNotAnswerIsLeft() throws Exception {
    try (ServerSocketChannel server = listen()) {
      assertTrue(server.isOpen());
      String said =
          assertThrows(NobodyException.class, () -> client().ask("status", 1)).getMessage();
      assertEquals(
          "The daemon that has " + folder.resolve("x.pid") + " has not answered for 1 s", said);
    }
  }

  /** Nothing comes of waiting for it, and whoever asks wants to know why nobody is master. */
  @Test
  void whoIsStoppedIsSaidToBe() throws Exception {
    Process daemon = new ProcessBuilder("sleep", "300").start();
    try (ServerSocketChannel server = listen()) {
      assertTrue(server.isOpen());
      Files.writeString(folder.resolve("x.pid"), daemon.pid() + "\n");
      List<String> waiting = new ArrayList<>();
      String running =
          assertThrows(NobodyException.class, () -> client().ask("status", 5, waiting::add))
              .getMessage();
      assertTrue(running.endsWith(" has not answered for 5 s"), running);
      // a person sees why nothing comes, and once
      assertEquals(
          List.of(
              "Waiting up to 5 s for the daemon that has "
                  + folder.resolve("x.pid")
                  + ": it runs, and has not answered yet"),
          waiting);
      new ProcessBuilder("kill", "-STOP", Long.toString(daemon.pid())).start().waitFor();
      assertEquals(
          "The daemon that has "
              + folder.resolve("x.pid")
              + ", process "
              + daemon.pid()
              + ", does not answer: it is stopped (state T (stopped)) and sends no advertisements;"
              + " CONT to it lets it go on",
          assertThrows(NobodyException.class, () -> client().ask("status", 600, waiting::add))
              .getMessage());
      assertEquals(1, waiting.size(), "one that is stopped is not waited for");
    } finally {
      daemon.destroyForcibly().waitFor();
    }
  }

  /** While the configuration is missing, the launcher's process tries again and again. */
  @Test
  void whoStartsTheDaemonAgainIsTold() throws Exception {
    Process parent = new ProcessBuilder("sh", "-c", "read line", "sh", "--supervise").start();
    try {
      Files.writeString(folder.resolve("x.parent"), parent.pid() + "\n");
      // it is a copy of this one until it is a shell
      while (!Files.readString(Path.of("/proc/" + parent.pid() + "/cmdline")).contains("--sup")) {
        Thread.onSpinWait();
      }
      assertEquals(
          "No daemon runs now that has "
              + folder.resolve("x.pid")
              + "; process "
              + parent.pid()
              + " tries to start it again every few seconds; TERM to it ends that",
          nobody());
      Files.writeString(folder.resolve("x.pid"), ProcessHandle.current().pid() + "\n");
      assertTrue(nobody().contains("has not started yet"), "it is there");
      Files.delete(folder.resolve("x.pid"));
    } finally {
      parent.destroyForcibly().waitFor();
    }
    assertTrue(nobody().startsWith("No daemon runs that has "), "the process is gone");
    Files.writeString(folder.resolve("x.parent"), ProcessHandle.current().pid() + "\n");
    assertTrue(nobody().startsWith("No daemon runs that has "), "it is another one");
  }

  private String nobody() {
    return assertThrows(NobodyException.class, () -> client().ask("status", 1)).getMessage();
  }

  @Test
  void theWholeAnswerIsTaken() throws Exception {
    try (ServerSocketChannel server = listen()) {
      for (String answer : List.of("1 3\nno\n", "0 0\n", "0 5\nabc", "0", "")) {
        Thread daemon = new Thread(() -> answer(server, answer));
        daemon.start();
        if (answer.equals("1 3\nno\n")) {
          ControlClient.Answer got = client().ask("status", 30);
          assertEquals(1, got.status());
          assertEquals("no\n", new String(got.content(), StandardCharsets.UTF_8));
        } else if (answer.equals("0 0\n")) {
          assertEquals(0, client().ask("status", 30).content().length);
        } else {
          String said =
              assertThrows(NobodyException.class, () -> client().ask("status", 30)).getMessage();
          assertEquals(
              "The daemon that has " + folder.resolve("x.pid") + " has not answered to the end",
              said,
              answer);
        }
        daemon.join();
      }
    }
  }

  private static void answer(ServerSocketChannel server, String text) {
    try (SocketChannel one = server.accept()) {
      one.read(ByteBuffer.allocate(100));
      one.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
