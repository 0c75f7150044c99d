package org.jkeepalived.cli;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.daemon.ControlPlace;
import org.jkeepalived.linux.file.FileError;

/** Asks a daemon, as the package {@code control} says. */
final class ControlClient {

  private static final int MOST_STATUS_CHARACTERS = 32;

  private final ControlPlace place;

  ControlClient(ControlPlace place) {
    this.place = place;
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
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      hangUpAfter(mostSeconds, channel);
      channel.connect(UnixDomainSocketAddress.of(place.socket()));
      try {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      } catch (IOException alreadyAnswered) {
        // who is refused for want of room is answered without having been read
      }
      return read(new BufferedInputStream(Channels.newInputStream(channel)));
    } catch (AsynchronousCloseException e) {
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

  private static void hangUpAfter(long seconds, SocketChannel channel) {
    Thread patience =
        new Thread(
            () -> {
              try {
                TimeUnit.SECONDS.sleep(seconds);
                channel.close();
              } catch (InterruptedException | IOException closed) {
                // nobody waits any more
              }
            });
    patience.setDaemon(true);
    patience.start();
  }

  private static Answer read(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.length() == MOST_STATUS_CHARACTERS) {
        throw new EOFException();
      }
      line.append((char) next);
    }
    String[] numbers = line.toString().split(" ");
    int length = Integer.parseInt(numbers[1]);
    byte[] content = in.readNBytes(length);
    if (content.length < length) {
      throw new EOFException();
    }
    return new Answer(Integer.parseInt(numbers[0]), content);
  }

  private String whyNobody(IOException failure) {
    String another = "; another daemon is named by its -p PIDFILE, its -s NAMESPACE or its -f FILE";
    Path pidFile = place.pidFile();
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
