package org.jkeepalived.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jkeepalived.linux.process.UnixDatagramSocket;

/**
 * A datagram socket that is opened by the thread that writes to it: loading the native library
 * takes 40 ms, which the daemon's start does not wait for.
 */
final class LogSocket implements AutoCloseable {

  private final String path;
  private Optional<UnixDatagramSocket> socket = Optional.empty();

  LogSocket(String path) {
    this.path = path;
  }

  /** Opens the socket, if it is not open. */
  void open() throws IOException {
    if (socket.isEmpty()) {
      try {
        socket = Optional.of(UnixDatagramSocket.to(path));
      } catch (LinkageError noLibrary) {
        throw new IOException("jffi has no library for this machine: " + noLibrary.getMessage());
      }
    }
  }

  /** Sends a text as one datagram, in UTF-8. */
  void send(String text) throws IOException {
    open();
    byte[] datagram = text.getBytes(StandardCharsets.UTF_8);
    socket.orElseThrow().send(datagram, datagram.length);
  }

  @Override
  public void close() {
    socket.ifPresent(UnixDatagramSocket::close);
    socket = Optional.empty();
  }
}
