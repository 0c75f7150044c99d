package org.jkeepalived.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  /** {@code net_namespace_ipvs}: by name, or where the daemon was started, and back each time. */
  @Test
  void aStepIsDoneElsewhereAndTheThreadIsBackAfterIt() throws Exception {
    try (LabNamespace one = new LabNamespace();
        LabNamespace other = new LabNamespace()) {
      one.vethPair("inone0", "inone1");
      other.vethPair("inother0", "inother1");
      List<String> seen = new ArrayList<>();
      one.call(
          () -> {
            Namespaces.visit(Namespaces.path(other.name()), () -> seen.add(links()));
            seen.add(links());
            Namespaces.visit(Namespaces.ofProcess(), () -> seen.add(links()));
            seen.add(links());
            return null;
          });
      assertTrue(seen.get(0).contains("inother0:"), seen::toString);
      assertTrue(seen.get(1).contains("inone0:"), seen::toString);
      assertEquals(
          Files.readString(Path.of("/proc/self/net/dev")).lines().count(),
          seen.get(2).lines().count());
      assertFalse(seen.get(2).contains("inone0:"), seen::toString);
      assertTrue(seen.get(3).contains("inone0:"), seen::toString);
    }
  }

  private static String links() {
    try {
      return Files.readString(Path.of("/proc/thread-self/net/dev"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
