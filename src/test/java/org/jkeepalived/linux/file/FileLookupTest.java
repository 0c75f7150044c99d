package org.jkeepalived.linux.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.file.FileLookup.End;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLookupTest {

  @TempDir Path directory;
  private String base;

  @BeforeEach
  void realPath() throws Exception {
    base = directory.toRealPath().toString();
  }

  private FileLookup lookup(String path) {
    return FileLookup.of(base + "/" + path);
  }

  /** The steps in the test's directory; those above it are the machine's. */
  private List<String> steps(FileLookup lookup) {
    return lookup.steps().stream()
        .filter(step -> step.directory().startsWith(base))
        .map(step -> step.directory().substring(base.length()) + ":" + step.name())
        .toList();
  }

  @Test
  void aPlainFile() throws Exception {
    Files.createDirectories(directory.resolve("a/b"));
    Files.createFile(directory.resolve("a/b/file"));
    FileLookup found = lookup("a/b/file");
    assertEquals(End.FILE, found.end());
    assertTrue(found.onlyName());
    assertEquals(List.of(":", "/a:", "/a/b:", "/a/b:file"), steps(found));
    FileLookup roundabout = lookup("a//./b/../b/file");
    assertEquals(found.steps(), roundabout.steps());
    assertEquals(found.last(), roundabout.last());
  }

  @Test
  void aFileWithTwoNamesSaysSo() throws Exception {
    Files.createFile(directory.resolve("one"));
    Files.createLink(directory.resolve("two"), directory.resolve("one"));
    assertFalse(lookup("one").onlyName());
  }

  @Test
  void whatIsMissingIsWaitedForWhereItWouldBe() throws Exception {
    Files.createDirectories(directory.resolve("a"));
    assertEquals(End.NO_FILE, lookup("a/file").end());
    assertEquals(List.of(":", "/a:", "/a:file"), steps(lookup("a/file")));
    assertEquals(End.NO_DIRECTORY, lookup("a/b/c/file").end());
    assertEquals(List.of(":", "/a:", "/a:b"), steps(lookup("a/b/c/file")));
    assertEquals(Errno.ENOENT, lookup("a/b/c/file").errno());
    assertEquals(base + "/a/b", lookup("a/b/c/file").last().path());
    Files.createFile(directory.resolve("a/b"));
    assertEquals(End.NO_DIRECTORY, lookup("a/b/c/file").end());
    assertEquals(Errno.ENOTDIR, lookup("a/b/c/file").errno());
  }

  /** As Kubernetes lays out what a pod is configured with. */
  @Test
  void everySymbolicLinkOnTheWayIsAStep() throws Exception {
    Files.createDirectories(directory.resolve("v1"));
    Files.createFile(directory.resolve("v1/file"));
    Files.createSymbolicLink(directory.resolve("data"), Path.of("v1"));
    Files.createSymbolicLink(directory.resolve("file"), Path.of(base, "data/file"));
    FileLookup found = lookup("file");
    assertEquals(End.FILE, found.end());
    assertFalse(found.onlyName());
    assertEquals(List.of(":", ":file", ":data", "/v1:", "/v1:file"), steps(found));
  }

  @Test
  void aRingOfLinksEnds() throws Exception {
    Files.createSymbolicLink(directory.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(directory.resolve("b"), Path.of("a"));
    assertEquals(End.NO_FILE, lookup("a").end());
    assertEquals(End.NO_DIRECTORY, lookup("a/file").end());
    assertEquals(Errno.ELOOP, lookup("a").errno());
    assertEquals(List.of(":", ":a", ":b"), steps(lookup("a")));
  }

  @Test
  void eachPlaceHasItsOwnerAndMode() throws Exception {
    Files.createDirectories(directory.resolve("a"));
    Files.createFile(directory.resolve("a/file"));
    Files.setAttribute(directory.resolve("a"), "unix:mode", 01750);
    Files.setAttribute(directory.resolve("a/file"), "unix:mode", 04711);
    FileLookup found = lookup("a/file");
    FileLookup.Place parent = found.parentOf(found.last()).orElseThrow();
    assertEquals(base + "/a", parent.path());
    assertEquals(01750, parent.status().access().permissions());
    assertEquals(04711, found.last().status().access().permissions());
    assertEquals(Files.getAttribute(directory, "unix:uid"), found.last().status().access().user());
    assertEquals("/", found.places().get(0).path());
  }

  @Test
  void dotsAtTheEndLeadToADirectory() throws Exception {
    Files.createDirectories(directory.resolve("a/b"));
    FileLookup found = lookup("a/b/..");
    assertEquals(base + "/a", found.last().path());
    assertEquals(FileStatus.Kind.DIRECTORY, found.last().status().kind());
    assertEquals(List.of(":", "/a:", "/a/b:"), steps(found));
  }

  @Test
  void theRootItselfIsNoFile() {
    assertEquals(List.of(), FileLookup.of("/").steps());
    assertEquals(SmallFile.Kind.OTHER, SmallFile.read("/", 10).kind());
  }
}
