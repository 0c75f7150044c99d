package org.jkeepalived.host.lvs.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ServerSocketFactory;

/** A server that behaves as a test wants it, well or badly, one connection after the other. */
final class TestServer implements AutoCloseable {

  /** What it does with a connection. */
  interface Conduct {
    void serve(Socket socket) throws IOException, InterruptedException;
  }

  private final ServerSocket socket;
  private final Conduct conduct;
  private final Thread thread;
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

  private TestServer(ServerSocket socket, Conduct conduct) {
    this.socket = socket;
    this.conduct = conduct;
    thread = new Thread(this::run, "test server");
    thread.setDaemon(true);
    thread.start();
  }

  static TestServer of(Conduct conduct) throws IOException {
    return of(ServerSocketFactory.getDefault(), conduct);
  }

  static TestServer of(ServerSocketFactory factory, Conduct conduct) throws IOException {
    return new TestServer(
        factory.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), conduct);
  }

  /** Reads the request of each connection, answers, and closes. */
  static TestServer answering(String response) throws IOException {
    Conduct[] conduct = new Conduct[1];
    TestServer server = of(connection -> conduct[0].serve(connection));
    conduct[0] =
        connection -> {
          server.readRequest(connection);
          connection.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
        };
    return server;
  }

  private void run() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        open.add(connection);
        conduct.serve(connection);
      } catch (IOException | InterruptedException e) {
        // the next one may go better
      }
    }
  }

  String readRequest(Socket connection) throws IOException {
    StringBuilder text = new StringBuilder();
    InputStream in = connection.getInputStream();
    while (text.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      text.append((char) next);
    }
    requests.add(text.toString());
    return text.toString();
  }

  Queue<String> requests() {
    return requests;
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket each : open) {
        each.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread.interrupt();
  }
}
