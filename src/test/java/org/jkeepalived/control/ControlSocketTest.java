package org.jkeepalived.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jkeepalived.control.ControlAnswer.Status;
import org.jkeepalived.control.stream.AnswerStream;
import org.jkeepalived.linux.process.AccountTable;
import org.jkeepalived.linux.socket.UnixConnection;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.TestOwners;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the socket says, and whom it does not let keep the thread or the memory. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ControlSocketTest {

  private static final long HOUR = TimeUnit.HOURS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final ControlLimits PATIENT =
      new ControlLimits(HOUR, HOUR, new AnswerStream.Limits(HOUR, HOUR, SECOND, Long.MAX_VALUE));
  private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int BIG = 8 << 20;

  @TempDir private Path folder;
  private final List<ControlRequest> asked = new ArrayList<>();
  private final CompletableFuture<ControlAnswer> later = new CompletableFuture<>();
  private OwnerThread thread;
  private ControlSocket socket;

  private record Told(
      String name, Function<ControlRequest, CompletableFuture<ControlAnswer>> conduct)
      implements ControlCommand {
    @Override
    public String usage() {
      return name + ": for the test";
    }

    @Override
    public CompletableFuture<ControlAnswer> begin(ControlRequest request) {
      return conduct.apply(request);
    }
  }

  private static CompletableFuture<ControlAnswer> done(ControlAnswer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  private ControlCommands commands() {
    return new ControlCommands(
        List.of(
            new Told(
                "echo",
                request -> {
                  asked.add(request);
                  return done(ControlAnswer.of(Status.DONE, request.words()));
                }),
            new Told(
                "big",
                request ->
                    done(
                        new ControlAnswer(
                            Status.DONE,
                            pieces -> {
                              for (int i = 0; i < BIG / 16; i++) {
                                pieces.accept("0123456789abcde\n");
                              }
                            }))),
            new Told(
                "endless",
                request ->
                    done(
                        new ControlAnswer(
                            Status.DONE,
                            pieces -> {
                              while (true) {
                                pieces.accept("and so on ");
                              }
                            }))),
            new Told("later", request -> later),
            new Told(
                "bug",
                request -> {
                  throw new IllegalStateException("for the test");
                }),
            new Told(
                "late-bug",
                request -> CompletableFuture.failedFuture(new IllegalStateException("test")))),
        folder.resolve("a daemon's.conf"));
  }

  @BeforeEach
  void start() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    thread = TestOwners.make().make("control", FailureRule.goOn("the test's")).start();
  }

  @AfterEach
  void stop() {
    if (socket != null) {
      thread.execute(socket::close);
    }
    thread.close();
  }

  private Path path() {
    return folder.resolve("d.control");
  }

  private ControlSocket open(ControlLimits limits) throws IOException {
    ControlAccess owner = new ControlAccess(AccountTable.ownUser(), OptionalInt.empty());
    socket = ControlSocket.open(path(), owner, commands(), limits, thread.loop());
    thread.execute(socket::watch);
    return socket;
  }

  private SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(path()));
    return channel;
  }

  private static void send(SocketChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static String receive(SocketChannel channel) throws IOException {
    return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
  }

  private String ask(String line) throws IOException {
    try (SocketChannel channel = connect()) {
      send(channel, line + "\n");
      return receive(channel);
    }
  }

  @Test
  void oneLineIsAskedAndAnswered() throws Exception {
    open(PATIENT);
    assertEquals("0 9\nVI_1\nüb\n", ask("  echo  VI_1\tüb "));
    ControlRequest.Asker asker = asked.get(0).asker();
    assertEquals(ProcessHandle.current().pid(), asker.process());
    assertEquals(Integer.toUnsignedString(AccountTable.ownUser()), asker.user());
  }

  /** Whoever has named a configuration means no other daemon, whatever its pid file is. */
  @Test
  void whoMeansTheDaemonOfAnotherFileIsRefused() throws Exception {
    open(PATIENT);
    Path own = folder.resolve("a daemon's.conf");
    assertEquals("0 2\nx\n", ask(WantedFile.before("echo x", own)));
    assertEquals(
        "0 2\ny\n", ask(WantedFile.before("echo y", folder.resolve("z/../a daemon's.conf"))));
    Path link = folder.resolve("link+%.conf");
    String refusal = ask(WantedFile.before("echo z", link));
    assertTrue(
        refusal.matches(
            "2 \\d+\nNothing is asked of this daemon \\(process \\d+\\): it runs with \\Q"
                + own
                + "\\E, not with \\Q"
                + link
                + "\\E; another daemon is reached by its pid file, -p PIDFILE\n"),
        refusal);
    Files.createSymbolicLink(link, Files.createFile(own));
    assertEquals("0 2\nz\n", ask(WantedFile.before("echo z", link)));
    assertTrue(ask("file=%0 echo x").contains("\nNo name of a file: file=%0\n"));
    assertTrue(ask("file=x echo x").startsWith("2 "));
    assertEquals(3, asked.size());
  }

  @Test
  void aLineMayComeInPieces() throws Exception {
    open(PATIENT);
    try (SocketChannel channel = connect()) {
      send(channel, "ec");
      assertEquals("0 2\nx\n", ask("echo x"), "another one's turn meanwhile");
      send(channel, "ho y\nechoes are not read any more\n");
      assertEquals("0 2\ny\n", receive(channel));
    }
  }

  @Test
  void whatIsNotKnownIsAnsweredByWhatIs() throws Exception {
    open(PATIENT);
    String help = ask("help");
    assertTrue(help.startsWith("0 "), help);
    assertTrue(help.contains("\necho: for the test\nbig: for the test\n"), help);
    String answer = ask("frobnicate");
    assertTrue(answer.startsWith("2 "), answer);
    assertTrue(answer.contains("\nThis daemon knows no 'frobnicate', but:\necho: "), answer);
    assertTrue(ask("").startsWith("2 "));
  }

  @Test
  void aBugIsOneAnswersOnly() throws Exception {
    open(PATIENT);
    assertTrue(ask("bug").startsWith("1 "));
    assertTrue(ask("late-bug").contains("Internal error"));
    assertEquals("0 2\nx\n", ask("echo x"));
  }

  @Test
  void aLongAnswerComesWhole() throws Exception {
    open(PATIENT);
    String answer = ask("big");
    assertTrue(answer.startsWith("0 " + BIG + "\n0123456789abcde\n"));
    assertEquals(BIG + ("0 " + BIG + "\n").length(), answer.length());
  }

  @Test
  void anAnswerIsWaitedForWhileOthersAsk() throws Exception {
    open(PATIENT);
    try (SocketChannel channel = connect()) {
      send(channel, "later\n");
      assertEquals("0 2\nx\n", ask("echo x"));
      later.complete(ControlAnswer.of(Status.FAILED, "no"));
      assertEquals("1 3\nno\n", receive(channel));
    }
  }

  // ---- hostile ones ----

  @Test
  void whoNeverWritesIsHungUpOn() throws Exception {
    open(
        new ControlLimits(
            SHORT, HOUR, new AnswerStream.Limits(HOUR, HOUR, SECOND, Long.MAX_VALUE)));
    try (SocketChannel channel = connect()) {
      assertEquals("", receive(channel));
    }
    try (SocketChannel channel = connect()) {
      send(channel, "echo with-no-end");
      assertEquals("", receive(channel));
    }
  }

  @Test
  void anEndlessLineEnds() throws Exception {
    open(PATIENT);
    try (SocketChannel channel = connect()) {
      send(channel, "x".repeat(ControlExchange.MOST_LINE_BYTES));
      assertTrue(receive(channel).startsWith("2 "));
    }
    String longest = "echo " + "y".repeat(ControlExchange.MOST_LINE_BYTES - 6);
    assertTrue(ask(longest).startsWith("0 "), "the longest line that is read");
  }

  @Test
  void whatTakesTooLongIsAnsweredInTheMeantime() throws Exception {
    open(
        new ControlLimits(
            HOUR, SHORT, new AnswerStream.Limits(HOUR, HOUR, SECOND, Long.MAX_VALUE)));
    assertTrue(ask("later").startsWith("1 "));
    later.complete(ControlAnswer.of(Status.DONE, "too late"));
    assertEquals("0 2\nx\n", ask("echo x"));
  }

  @Test
  void whoNeverReadsIsHungUpOn() throws Exception {
    open(
        new ControlLimits(
            HOUR, HOUR, new AnswerStream.Limits(SHORT, HOUR, SECOND, Long.MAX_VALUE)));
    try (SocketChannel channel = connect()) {
      send(channel, "big\n");
      awaitHangUp(channel);
      assertTrue(receive(channel).length() < BIG, "what was not read is not kept");
    }
    assertEquals(BIG + 10, ask("big").length(), "who reads gets it all");
  }

  /** However little is read, and however often. */
  @Test
  void whoReadsSlowlyIsHungUpOn() throws Exception {
    open(
        new ControlLimits(
            HOUR, HOUR, new AnswerStream.Limits(HOUR, SHORT, SECOND, Long.MAX_VALUE)));
    try (SocketChannel channel = connect()) {
      send(channel, "big\n");
      awaitHangUp(channel);
      assertTrue(receive(channel).length() < BIG);
    }
  }

  /** Writing fails once the other side has gone. */
  private static void awaitHangUp(SocketChannel channel) {
    assertThrows(
        IOException.class,
        () -> {
          while (true) {
            send(channel, "!");
            Thread.onSpinWait();
          }
        });
  }

  @Test
  void unreadAnswersHaveABound() throws Exception {
    open(PATIENT);
    List<SocketChannel> lazy = new ArrayList<>();
    try {
      int fit = (int) (ControlSocket.MOST_HELD_BYTES / BIG);
      for (int i = 0; i < fit; i++) {
        lazy.add(connect());
        send(lazy.get(i), "big\n");
        // once it begins to come it is held
        lazy.get(i).read(ByteBuffer.allocate(1));
      }
      String refused = ask("big");
      assertTrue(refused.startsWith("3 "), refused.substring(0, Math.min(80, refused.length())));
      assertEquals("0 2\nx\n", ask("echo x"), "small ones still fit");
      assertEquals(BIG + 9, receive(lazy.get(0)).length());
      assertTrue(ask("big").startsWith("0 "), "there is room again");
      assertTrue(ask("endless").startsWith("3 "));
    } finally {
      for (SocketChannel channel : lazy) {
        channel.close();
      }
    }
  }

  @Test
  void connectionsHaveABound() throws Exception {
    open(PATIENT);
    List<SocketChannel> idle = new ArrayList<>();
    try {
      boolean root = AccountTable.ownUser() == 0;
      int most = root ? ControlSocket.MOST_CONNECTIONS : ControlSocket.MOST_OF_A_USER;
      for (int i = 0; i < most; i++) {
        idle.add(connect());
      }
      try (SocketChannel one = connect()) {
        assertTrue(receive(one).startsWith("3 "));
      }
      idle.remove(0).close();
      awaitAnswer("0 2\nx\n", "echo x");
    } finally {
      for (SocketChannel channel : idle) {
        channel.close();
      }
    }
  }

  /** The end of a connection is known a moment after it. */
  private void awaitAnswer(String expected, String line) throws IOException {
    String answer = "";
    while (!answer.equals(expected)) {
      try (SocketChannel channel = connect()) {
        send(channel, line + "\n");
        answer = receive(channel);
      } catch (IOException refused) {
        answer = "";
      }
    }
  }

  @Test
  void whoClosesEarlyCostsNothing() throws Exception {
    open(PATIENT);
    for (int i = 0; i < 200; i++) {
      SocketChannel channel = connect();
      if (i % 2 == 0) {
        send(channel, "big\n");
      }
      channel.close();
    }
    awaitAnswer("0 2\nx\n", "echo x");
  }

  @Test
  void whoIsNotAdmittedIsHungUpOn() throws Exception {
    ControlAccess others = new ControlAccess(4711, OptionalInt.of(4712));
    assertFalse(others.admits(peer(4713, List.of(4714))));
    assertTrue(others.admits(peer(4711, List.of(4714))));
    assertTrue(others.admits(peer(4713, List.of(4714, 4712))));
    assertTrue(others.admits(peer(0, List.of(0))));
    ControlAccess owner = new ControlAccess(4711, OptionalInt.empty());
    assertFalse(owner.admits(peer(4713, List.of(4712))));
  }

  private static UnixConnection.Peer peer(int user, List<Integer> groups) {
    return new UnixConnection.Peer(1, user, groups);
  }

  // ---- the file ----

  @Test
  void itIsTheOwnersAlone() throws Exception {
    open(PATIENT);
    assertEquals("rw-------", permissions());
  }

  @Test
  void aGroupIsLetIn() throws Exception {
    open(PATIENT);
    int group = AccountTable.own().group();
    ControlAccess wider = new ControlAccess(AccountTable.ownUser(), OptionalInt.of(group));
    thread.execute(() -> socket.admit(wider));
    ask("echo x");
    assertEquals("rw-rw----", permissions());
    assertEquals(group, Files.getAttribute(path(), "unix:gid"));
    ControlAccess owner = new ControlAccess(AccountTable.ownUser(), OptionalInt.empty());
    thread.execute(() -> socket.admit(owner));
    ask("echo x");
    assertEquals("rw-------", permissions());
  }

  private String permissions() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path()));
  }

  @Test
  void aSocketOfAKilledDaemonIsReplaced() throws Exception {
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(path()))
        .close();
    assertTrue(Files.exists(path()), "it is left behind");
    open(PATIENT);
    assertEquals("0 2\nx\n", ask("echo x"));
  }

  @Test
  void somethingElseThereIsLeftAlone() throws Exception {
    Path target = Files.writeString(folder.resolve("target"), "precious");
    Files.createSymbolicLink(path(), target);
    assertThrows(IOException.class, () -> open(PATIENT));
    assertTrue(Files.isSymbolicLink(path()));
    assertEquals("precious", Files.readString(target));
    Files.delete(path());

    Files.writeString(path(), "mine");
    assertThrows(IOException.class, () -> open(PATIENT));
    assertEquals("mine", Files.readString(path()));
    Files.delete(path());

    Files.createDirectory(path());
    assertThrows(IOException.class, () -> open(PATIENT));
    assertTrue(Files.isDirectory(path()));
    Files.delete(path());

    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThrows(IOException.class, () -> open(PATIENT), "others could replace it");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    open(PATIENT);
    assertEquals("0 2\nx\n", ask("echo x"));
  }

  // ---- whoever removes it ----

  @Test
  void itIsMadeAgainWhenSomebodyRemovesIt() throws Exception {
    open(PATIENT);
    for (int i = 0; i < 3; i++) {
      assertEquals("0 2\nx\n", ask("echo x"));
      Files.delete(path());
      awaitAnswer("0 2\nx\n", "echo x");
      assertEquals("rw-------", permissions());
    }
    Files.move(path(), folder.resolve("elsewhere"));
    awaitAnswer("0 2\nx\n", "echo x");
  }

  @Test
  void itIsMadeAgainWithItsFolder() throws Exception {
    Path run = folder.resolve("run");
    socket =
        ControlSocket.open(
            run.resolve("d.control"),
            new ControlAccess(AccountTable.ownUser(), OptionalInt.empty()),
            commands(),
            PATIENT,
            thread.loop());
    thread.execute(socket::watch);
    for (int i = 0; i < 2; i++) {
      awaitSocket(run.resolve("d.control"));
      removeWhole(run);
    }
    awaitSocket(run.resolve("d.control"));
  }

  /** The socket may be there again before its folder is gone. */
  private static void removeWhole(Path run) throws IOException {
    while (Files.exists(run)) {
      Files.deleteIfExists(run.resolve("d.control"));
      try {
        Files.delete(run);
      } catch (DirectoryNotEmptyException again) {
        Thread.onSpinWait();
      }
    }
  }

  private static void awaitSocket(Path path) throws IOException {
    while (true) {
      try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        channel.connect(UnixDomainSocketAddress.of(path));
        send(channel, "echo x\n");
        assertEquals("0 2\nx\n", receive(channel));
        return;
      } catch (IOException notYet) {
        Thread.onSpinWait();
      }
    }
  }

  /** Where somebody else's file is in the way, it comes back once that has gone. */
  @Test
  void itIsLookedForWhenADaemonIsAskedBySignal() throws Exception {
    open(PATIENT);
    assertEquals("0 2\nx\n", ask("echo x"));
    Files.delete(path());
    Files.writeString(path(), "mine");
    thread.execute(socket::beFound);
    assertEquals("mine", Files.readString(path()));
    Path away = Files.move(path(), folder.resolve("away"));
    thread.execute(socket::beFound);
    awaitAnswer("0 2\nx\n", "echo x");
    assertEquals("mine", Files.readString(away));
  }

  /** The answer of one who is refused is read to its end, whatever he has sent before it came. */
  @Test
  void whoIsRefusedReadsTheAnswerWhole() throws Exception {
    open(PATIENT);
    List<SocketChannel> idle = new ArrayList<>();
    try {
      boolean root = AccountTable.ownUser() == 0;
      int most = root ? ControlSocket.MOST_CONNECTIONS : ControlSocket.MOST_OF_A_USER;
      for (int i = 0; i < most; i++) {
        idle.add(connect());
      }
      for (int i = 0; i < 2 * ControlSocket.MOST_PARTING; i++) {
        String text = "Too many ask at once, ask again\n";
        assertEquals("3 " + text.length() + "\n" + text, ask("echo x"));
      }
      List<SocketChannel> refused = new ArrayList<>();
      for (int i = 0; i <= ControlSocket.MOST_PARTING; i++) {
        refused.add(connect());
        idle.add(refused.get(i));
      }
      awaitHangUp(refused.get(0));
    } finally {
      for (SocketChannel channel : idle) {
        channel.close();
      }
    }
  }

  @Test
  void itIsGoneInTheEnd() throws Exception {
    open(PATIENT);
    try (SocketChannel idle = connect()) {
      assertEquals("0 2\nx\n", ask("echo x"));
      thread.execute(socket::close);
      assertEquals("", receive(idle), "hung up on");
    }
    thread.close();
    assertFalse(Files.exists(path(), LinkOption.NOFOLLOW_LINKS));
  }
}
