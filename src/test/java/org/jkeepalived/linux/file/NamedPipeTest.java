package org.jkeepalived.linux.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jkeepalived.linux.LabNamespace;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Fifo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real FIFOs. */
class NamedPipeTest {

  private static final byte[] LINE =
      "INSTANCE \"VI_1\" MASTER 100\n".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  private Path path() {
    return folder.resolve("fifo");
  }

  private NamedPipe open() throws IOException {
    return open(Optional.empty());
  }

  private NamedPipe open(Optional<Account> owner) throws IOException {
    return NamedPipe.open("vrrp_notify fifo", new Fifo(path().toString(), owner, Optional.empty()));
  }

  /** Buffered, because a file's own stream wants to know its length. */
  private InputStream reader() throws IOException {
    return new BufferedInputStream(new FileInputStream(path().toFile()));
  }

  private String refusal(Path path) {
    Fifo fifo = new Fifo(path.toString(), Optional.empty(), Optional.empty());
    return assertThrows(IOException.class, () -> NamedPipe.open("notify fifo", fifo)).getMessage();
  }

  private String permissions() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path()));
  }

  /** It could lead to a FIFO of root's that somebody else reads. */
  @Test
  void noLinkIsFollowed() throws Exception {
    NamedPipe real = open();
    Path link = Files.createSymbolicLink(folder.resolve("link"), path());
    assertTrue(refusal(link).endsWith("it is a symbolic link"), refusal(link));
    assertTrue(real.isInPlace());
    real.close();
  }

  @Test
  void itIsMadeForItsOwnerAloneAndRemoved() throws IOException {
    NamedPipe pipe = open();
    assertEquals("rw-------", permissions());
    assertTrue(pipe.isInPlace());
    pipe.close();
    assertFalse(Files.exists(path()));
  }

  @Test
  void oneThatIsThereStaysAsItIs() throws IOException, InterruptedException {
    LabNamespace.run("mkfifo", "-m", "640", path().toString());
    open(Optional.of(new Account("nobody", Optional.empty(), false))).close();
    assertEquals("rw-r-----", permissions());
    assertEquals(System.getProperty("user.name"), Files.getOwner(path()).getName());
  }

  @Test
  void whatIsWrittenWaitsForTheReader() throws IOException {
    NamedPipe pipe = open();
    assertTrue(pipe.isDrained());
    assertTrue(pipe.write(LINE));
    assertFalse(pipe.isDrained());
    try (InputStream reader = reader()) {
      assertArrayEquals(LINE, reader.readNBytes(LINE.length));
      assertTrue(pipe.isDrained());
      pipe.close();
      assertEquals(-1, reader.read());
    }
  }

  @Test
  void withoutAReaderItIsFullAtSomeTimeAndEachLineIsWholeThen() throws IOException {
    NamedPipe pipe = open();
    int lines = 0;
    while (pipe.write(LINE)) {
      lines++;
    }
    assertTrue(lines > 1_000, "only " + lines);
    try (InputStream reader = reader()) {
      assertEquals(lines * LINE.length, reader.readNBytes(lines * LINE.length).length);
      assertTrue(pipe.isDrained());
      assertTrue(pipe.write(LINE));
    }
    pipe.close();
  }

  @Test
  void aReaderThatGoesAwayIsNoError() throws IOException {
    NamedPipe pipe = open();
    reader().close();
    assertTrue(pipe.write(LINE));
    pipe.close();
  }

  @Test
  void oneThatSomebodyReplacedIsNotOursToRemove() throws IOException {
    NamedPipe pipe = open();
    Files.delete(path());
    assertFalse(pipe.isInPlace());
    Files.writeString(path(), "a file");
    assertFalse(pipe.isInPlace());
    pipe.close();
    assertEquals("a file", Files.readString(path()));
  }

  @Test
  void whatCannotBeOneIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    assertEquals(
        "Unable to open notify fifo " + file + ": it is there, but it is not a FIFO",
        refusal(file));
    assertEquals("text", Files.readString(file));
    assertEquals(
        "Unable to open notify fifo " + folder + ": it is there, but it is not a FIFO",
        refusal(folder));
    Path lost = folder.resolve("no").resolve("fifo");
    assertEquals(
        "Unable to create notify fifo " + lost + ": No such file or directory", refusal(lost));
    Path dangling = Files.createSymbolicLink(folder.resolve("link"), lost);
    assertTrue(refusal(dangling).startsWith("Unable to open notify fifo " + dangling + ": "));
  }

  @Test
  void anUnknownOwnerLeavesNothingBehind() throws IOException {
    Account nobody = new Account("no such user", Optional.empty(), false);
    IOException user = assertThrows(IOException.class, () -> open(Optional.of(nobody)));
    assertEquals(
        "Unable to open vrrp_notify fifo " + path() + ": Script user 'no such user' does not exist",
        user.getMessage());
    Account nogroup = new Account("root", Optional.of("no such group"), false);
    IOException group = assertThrows(IOException.class, () -> open(Optional.of(nogroup)));
    assertTrue(group.getMessage().endsWith("Script group 'no such group' does not exist"));
    assertFalse(Files.exists(path()));
  }

  @Test
  @Tag("lab")
  void itIsGivenToItsOwner() throws IOException {
    NamedPipe one = open(Optional.of(new Account("nobody", Optional.empty(), false)));
    assertEquals("nobody", Files.getOwner(path()).getName());
    // Debian's nobody is of nogroup
    assertEquals(65534, Files.getAttribute(path(), "unix:gid"));
    one.close();
    NamedPipe other = open(Optional.of(new Account("nobody", Optional.of("daemon"), false)));
    assertEquals(1, Files.getAttribute(path(), "unix:gid"));
    assertEquals("rw-------", permissions());
    other.close();
  }
}
