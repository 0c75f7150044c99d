package org.jkeepalived.cli;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jkeepalived.daemon.ControlPlace;
import org.jkeepalived.linux.file.FileError;

/** Asks a daemon, as the package {@code control} says. */
final class ControlClient {

  private static final int S_IFMT = 0xF000;
  private static final int S_IFSOCK = 0xC000;
  private static final Map<Integer, String> KINDS =
      Map.of(0xA000, "a symbolic link", 0x4000, "a directory", 0x8000, "a regular file");

  private static final int MOST_STATUS_CHARACTERS = 32;

  /** After how long without an answer the daemon is looked at. */
  private static final long SUSPICIOUS_SECONDS = 2;

  private static final int PIECE_BYTES = 64 * 1024;

  private final ControlPlace place;
  private final boolean byFile;

  /**
   * @param byFile whether a configuration was named for the daemon
   */
  ControlClient(ControlPlace place, boolean byFile) {
    this.place = place;
    this.byFile = byFile;
  }

  /**
   * What a daemon has answered.
   *
   * @param status 0 where it has done what it was asked for
   * @param content text or JSON
   */
  record Answer(int status, byte[] content) {}

  /** There is nobody who could answer; the message says who was looked for, and where. */
  static final class NobodyException extends Exception {
    private static final long serialVersionUID = 1L;

    NobodyException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Sends a line, and waits for the answer.
   *
   * @param mostSeconds how long; a daemon that is stopped, or hangs, answers nobody
   * @throws NobodyException nobody is there who answers, or the whole answer has not come
   */
  Answer ask(String line, long mostSeconds) throws NobodyException {
    return ask(line, mostSeconds, waiting -> {});
  }

  /**
   * The same.
   *
   * @param slow hears once what is waited for, should it take longer than a person expects
   */
  Answer ask(String line, long mostSeconds, Consumer<String> slow) throws NobodyException {
    Optional<String> taken = somethingElse();
    if (taken.isPresent()) {
      throw new NobodyException(taken.get(), null);
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = Selector.open()) {
      // else one that is stopped, and has many waiting, would keep this waiting as well
      channel.configureBlocking(false);
      channel.connect(UnixDomainSocketAddress.of(place.socket()));
      channel.register(selector, SelectionKey.OP_READ);
      try {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      } catch (IOException alreadyAnswered) {
        // who is refused for want of room is answered without having been read
      }
      return parse(readToEnd(channel, selector, new Patience(mostSeconds, slow)));
    } catch (SocketTimeoutException e) {
      throw new NobodyException(
          "The daemon that has " + place.pidFile() + " has not answered for " + mostSeconds + " s",
          e);
    } catch (EOFException e) {
      throw new NobodyException(
          "The daemon that has " + place.pidFile() + " has not answered to the end", e);
    } catch (IOException e) {
      throw new NobodyException(whyNobody(e), e);
    }
  }

  /** The daemon hangs up behind its answer. */
  private byte[] readToEnd(SocketChannel channel, Selector selector, Patience patience)
      throws IOException, NobodyException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
    while (true) {
      patience.await(selector);
      selector.selectedKeys().clear();
      int read = channel.read(piece.clear());
      if (read < 0) {
        return all.toByteArray();
      }
      all.write(piece.array(), 0, read);
    }
  }

  /** How long one answer is waited for, and who hears that it is. */
  private final class Patience {
    private final long mostSeconds;
    private final Consumer<String> slow;
    private boolean told;

    Patience(long mostSeconds, Consumer<String> slow) {
      this.mostSeconds = mostSeconds;
      this.slow = slow;
    }

    /** What is stopped by a signal is not waited for: nothing comes until it is let go on. */
    void await(Selector selector) throws IOException, NobodyException {
      long left = mostSeconds;
      while (left > 0) {
        long seconds = Math.min(left, SUSPICIOUS_SECONDS);
        if (selector.select(TimeUnit.SECONDS.toMillis(seconds)) > 0) {
          return;
        }
        left -= seconds;
        Optional<String> stopped = place.stopped();
        if (stopped.isPresent()) {
          throw new NobodyException(stopped.get(), null);
        }
        if (!told && left > 0) {
          told = true;
          slow.accept(
              "Waiting up to "
                  + mostSeconds
                  + " s for the daemon that has "
                  + place.pidFile()
                  + ": it runs, and has not answered yet");
        }
      }
      throw new SocketTimeoutException();
    }
  }

  private static Answer parse(byte[] answer) throws EOFException {
    int end = 0;
    while (end < answer.length && answer[end] != '\n') {
      end++;
    }
    if (end == answer.length || end > MOST_STATUS_CHARACTERS) {
      throw new EOFException();
    }
    String[] numbers = new String(answer, 0, end, StandardCharsets.US_ASCII).split(" ");
    int length = Integer.parseInt(numbers[1]);
    if (answer.length - end - 1 < length) {
      throw new EOFException();
    }
    byte[] content = Arrays.copyOfRange(answer, end + 1, end + 1 + length);
    return new Answer(Integer.parseInt(numbers[0]), content);
  }

  /** What has the socket's name and is none: no daemon made it, and none can be asked there. */
  private Optional<String> somethingElse() {
    int kind;
    try {
      int mode =
          (Integer) Files.getAttribute(place.socket(), "unix:mode", LinkOption.NOFOLLOW_LINKS);
      kind = mode & S_IFMT;
    } catch (IOException nothing) {
      return Optional.empty();
    }
    return kind == S_IFSOCK
        ? Optional.empty()
        : Optional.of(
            "The daemon that has "
                + place.pidFile()
                + " cannot be asked, should it run: the name of its socket, "
                + place.socket()
                + ", is taken by "
                + KINDS.getOrDefault(kind, "a device or a FIFO")
                + " that no jkeepalived has made; remove that, and reload the daemon by SIGHUP");
  }

  private String whyNobody(IOException failure) {
    String another =
        "; another daemon is named by its -p PIDFILE"
            + (byFile ? ", its -s NAMESPACE or its -f FILE" : " or its -s NAMESPACE");
    Path pidFile = place.pidFile();
    OptionalLong restarter = place.restarter();
    if (restarter.isPresent()) {
      return "No daemon runs now that has "
          + pidFile
          + "; process "
          + restarter.getAsLong()
          + " tries to start it again every few seconds; TERM to it ends that";
    }
    if (!Files.exists(place.socket())) {
      return Files.exists(pidFile)
          ? "The daemon that has "
              + pidFile
              + " cannot be asked: it has no socket "
              + place.socket()
              + ", because it is no jkeepalived, or has not started yet"
              + another
          : "No daemon runs that has "
              + pidFile
              + " (there is no "
              + place.socket()
              + ")"
              + another;
    }
    if (!Files.isWritable(place.socket())) {
      return "Not allowed to ask the daemon that has "
          + pidFile
          + ": be root, or a member of its control_group ("
          + place.socket()
          + ")";
    }
    return "No daemon runs that has "
        + pidFile
        + ": nobody answers at "
        + place.socket()
        + " ("
        + FileError.text(failure)
        + ")"
        + another;
  }
}
