package org.jkeepalived.linux.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that says something else at once, and nobody else's. */
class RegularFileTest {

  @TempDir private Path folder;

  private List<String> names(Path where) throws IOException {
    try (Stream<Path> there = Files.list(where)) {
      return there.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void makesItsFolderAndLeavesNothingBesideIt() throws IOException {
    Path path = folder.resolve("state/x");
    RegularFile.replace(path, "one");
    RegularFile.replace(path, "two");
    assertEquals("two", Files.readString(path));
    assertEquals("rw-------", mode(path));
    assertEquals("rwx------", mode(path.getParent()));
    assertEquals(List.of("x"), names(path.getParent()));
  }

  /** A full disk. */
  @Test
  void whatCannotBeWrittenIsNotThereUnlessItWas() throws IOException {
    Path path = folder.resolve("x");
    Iterable<String> full =
        () ->
            Stream.of("begun", "full")
                .map(
                    piece -> {
                      if (piece.equals("full")) {
                        throw new UncheckedIOException(new IOException("No space left on device"));
                      }
                      return piece;
                    })
                .iterator();
    assertThrows(UncheckedIOException.class, () -> RegularFile.write(path, full));
    assertEquals(List.of(), names(folder));
    RegularFile.write(path, List.of("o", "ne"));
    assertEquals("one", Files.readString(path));
    assertThrows(UncheckedIOException.class, () -> RegularFile.write(path, full));
    assertEquals("one", Files.readString(path));
    assertEquals(List.of("x"), names(folder));
  }

  /** Somebody may have made it, to read what is written into it. */
  @Test
  void whatIsWrittenIsNotInAFileOfSomebodyElses() throws IOException {
    Path path = Files.writeString(folder.resolve("x"), "theirs");
    Path theirs = Files.createLink(folder.resolve("kept"), path);
    RegularFile.write(path, "secret");
    assertEquals("theirs", Files.readString(theirs));
    assertEquals("secret", Files.readString(path));
    assertEquals("rw-------", mode(path));
  }

  @Test
  void whatSomebodyHasPutThereIsLeftAlone() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "secret");
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    Path directory = Files.createDirectory(folder.resolve("directory"));
    for (Path path : List.of(link, directory)) {
      assertEquals(
          path + ": Not a regular file",
          FileError.text(assertThrows(IOException.class, () -> RegularFile.replace(path, "ours"))));
    }
    assertEquals("secret", Files.readString(target));
    assertEquals(List.of("directory", "link", "target"), names(folder));
  }
}
