package org.jkeepalived.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lab")
class NamespacesLabTest {

  @Test
  void aThreadMovesWithThoseThatItStartsAndNoOther() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("onlyhere0", "onlyhere1");
      assertFalse(seesLink("onlyhere0"));
      onThread(
          () -> {
            Namespaces.moveThread(space.name());
            assertTrue(seesLink("onlyhere0"));
            assertTrue(onThread(() -> seesLink("onlyhere0")));
            return true;
          });
      assertFalse(seesLink("onlyhere0"));
    }
  }

  @Test
  void aNamespaceThatIsNotThereIsAnError() {
    SystemCallException e =
        assertThrows(SystemCallException.class, () -> Namespaces.moveThread("there-is-no-such"));
    assertEquals(
        "enter network namespace there-is-no-such: No such file or directory", e.getMessage());
  }

  /** Whether the calling thread's namespace has the link. */
  private static boolean seesLink(String name) throws IOException {
    return Files.readString(Path.of("/proc/thread-self/net/dev")).contains(name + ":");
  }

  private static <T> T onThread(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "in namespace");
    thread.start();
    return task.get();
  }
}
