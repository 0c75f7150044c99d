package org.jkeepalived.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the figures of {@code packaging/bench} rest on. */
@Timeout(120)
class BenchTest {

  private static final Path PYTHON = Path.of("/usr/bin/python3");

  /** Prints how many CPU seconds a process has used whose busy thread has ended: two ways. */
  private static final String BUSY_THREAD_ENDED =
      """
      import pathlib, subprocess, sys
      sys.dont_write_bytecode = True
      sys.path.insert(0, "packaging/bench")
      from stage import cpu_seconds
      busy = '''
      import threading, time
      def work():
          while time.thread_time() < 0.3: pass
      thread = threading.Thread(target=work)
      thread.start()
      thread.join()
      print("ended", flush=True)
      input()
      '''
      child = subprocess.Popen([sys.executable, "-c", busy], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
      child.stdout.readline()
      # join() returns a moment before the kernel has buried the thread
      folder = pathlib.Path(f"/proc/{child.pid}/task")
      while len(list(folder.iterdir())) > 1:
          pass
      tasks = folder.glob("*/schedstat")
      print(sum(int(each.read_text().split()[0]) for each in tasks) / 1e9, cpu_seconds([child.pid]))
      child.communicate(b"\\n")
      """;

  @Test
  void cpuTimeOfThreadsThatEndedIsNotLost() throws Exception {
    assumeTrue(Files.isExecutable(PYTHON), "no Python");
    Process process =
        new ProcessBuilder(PYTHON.toString(), "-c", BUSY_THREAD_ENDED)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes()).trim();
    assertEquals(0, process.waitFor(), said);
    String[] seconds = said.split(" ");
    double tasks = Double.parseDouble(seconds[0]);
    double clock = Double.parseDouble(seconds[1]);
    assertTrue(clock >= tasks + 0.3, said);
  }
}
