package org.jkeepalived.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a large reading has made of the heap is given back, with the options that the JVM gets. */
@Timeout(120)
class HeapLaunchTest {

  private static final String STUB =
      """
      byte[][] much = new byte[100][];
      for (int i = 0; i < much.length; i++) {
        much[i] = new byte[1 << 20];
      }
      System.out.println(Runtime.getRuntime().totalMemory() > (100L << 20));
      much = null;
      org.jkeepalived.linux.process.UnusedMemory.giveBack();
      System.out.println(Runtime.getRuntime().totalMemory() < (24L << 20));
      """;

  @TempDir Path directory;

  @Test
  void shrinksAtOnce() throws Exception {
    assertEquals("true\ntrue\n", Installation.withMain(directory, STUB).run("-v").out());
  }
}
