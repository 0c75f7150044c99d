package org.jkeepalived.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPreloadingTest {

  private final List<String> asked = new ArrayList<>();

  private final ClassLoader loader =
      new ClassLoader(ClassPreloadingTest.class.getClassLoader()) {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
          asked.add(name);
          if (name.equals("x.Broken")) {
            throw new NoClassDefFoundError(name);
          }
          return super.loadClass(name, resolve);
        }
      };

  @TempDir private Path directory;

  @Test
  void loadsInOrderAndPassesOverWhatIsNotThere() throws IOException {
    Path list = directory.resolve("classes");
    String known = ClassPreloadingTest.class.getName();
    Files.writeString(list, "x.Missing\n" + known + "\nx.Broken\njava.util.BitSet\nhalf a line");
    new ClassPreloading(list, loader).load();
    assertEquals(List.of("x.Missing", known, "x.Broken", "java.util.BitSet"), asked);
  }

  @Test
  void doesWithoutTheList() {
    new ClassPreloading(directory.resolve("missing"), loader).load();
    assertEquals(List.of(), asked);
  }
}
