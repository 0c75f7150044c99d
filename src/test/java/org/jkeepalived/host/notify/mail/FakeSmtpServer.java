package org.jkeepalived.host.notify.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** An SMTP server on a port of the loopback that says what a test wants it to say. */
final class FakeSmtpServer implements AutoCloseable {

  static final long PATIENCE_SECONDS = 40;

  /** What one connection does; it is closed afterwards. */
  @FunctionalInterface
  interface Conduct {
    void serve(Dialogue dialogue) throws IOException;
  }

  /** A mail that was taken. */
  record Received(String sender, List<String> recipients, String text) {
    String header(String name) {
      return text.lines()
          .takeWhile(line -> !line.isEmpty())
          .filter(line -> line.startsWith(name + ": "))
          .map(line -> line.substring(name.length() + 2))
          .findFirst()
          .orElse("(no " + name + ")");
    }
  }

  /** One connection. */
  static final class Dialogue {
    private Socket socket;
    private InputStream in;
    private OutputStream out;

    Dialogue(Socket socket) throws IOException {
      use(socket);
    }

    private void use(Socket other) throws IOException {
      socket = other;
      in = other.getInputStream();
      out = other.getOutputStream();
    }

    void say(String line) throws IOException {
      write(line + "\r\n");
    }

    void write(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    /** A line of the client; empty at the end. */
    Optional<String> hear() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next == '\n') {
          return Optional.of(line.toString(StandardCharsets.UTF_8).replace("\r", ""));
        }
        line.write(next);
      }
      return Optional.empty();
    }

    /** Says no more, and waits until the client goes. */
    void fallSilent() throws IOException {
      while (in.read() >= 0) {
        // whatever it says
      }
    }

    void startTls(SSLContext tls) throws IOException {
      SSLSocket wrapped =
          (SSLSocket) tls.getSocketFactory().createSocket(socket, "client", 0, true);
      wrapped.setUseClientMode(false);
      wrapped.startHandshake();
      use(wrapped);
    }
  }

  private final ServerSocket listener;
  private final Socket reserved = new Socket();
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<Integer> connections = new LinkedBlockingQueue<>();
  private final ConcurrentLinkedQueue<Socket> open = new ConcurrentLinkedQueue<>();
  private final Map<String, String> replies = new ConcurrentHashMap<>();
  private volatile Conduct conduct = this::servePolitely;
  private volatile Optional<SSLContext> tls = Optional.empty();

  FakeSmtpServer() {
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /** A polite server but for the replies to some commands, which are named in capitals. */
  FakeSmtpServer replying(String command, String reply) {
    replies.put(command, reply);
    return this;
  }

  FakeSmtpServer conducting(Conduct other) {
    conduct = other;
    return this;
  }

  FakeSmtpServer withTls(SSLContext context) {
    tls = Optional.of(context);
    return this;
  }

  void behaveAgain() {
    replies.clear();
    conduct = this::servePolitely;
  }

  int port() {
    return reserved.isBound() ? reserved.getLocalPort() : listener.getLocalPort();
  }

  /** What all clients have said. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  /** The next mail. */
  Received next() {
    return within(received, "a mail");
  }

  boolean hasMail() {
    return !received.isEmpty();
  }

  void awaitConnection() {
    within(connections, "a connection");
  }

  int connections() {
    return connections.size();
  }

  private static <T> T within(BlockingQueue<T> queue, String what) {
    try {
      T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("waited in vain for " + what);
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        open.add(socket);
        connections.add(1);
        daemon(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed: the test is over
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      conduct.serve(new Dialogue(socket));
    } catch (IOException e) {
      // the client is gone
    }
  }

  void servePolitely(Dialogue dialogue) throws IOException {
    dialogue.say(replies.getOrDefault("GREETING", "220 fake ESMTP"));
    String sender = "";
    List<String> recipients = new ArrayList<>();
    for (Optional<String> line = hear(dialogue); line.isPresent(); line = hear(dialogue)) {
      String command = line.get().split("[ :]")[0];
      switch (command) {
        case "RSET" -> recipients.clear();
        case "MAIL" -> {
          sender = line.get().substring("MAIL FROM:".length());
          recipients.clear();
        }
        case "RCPT" -> {
          if (reply(line.get()).startsWith("2")) {
            recipients.add(line.get().substring("RCPT TO:".length()));
          }
        }
        default -> {
          // nothing to remember
        }
      }
      dialogue.say(reply(line.get()));
      if (command.equals("QUIT")) {
        return;
      }
      if (command.equals("STARTTLS") && reply(line.get()).startsWith("220")) {
        dialogue.startTls(tls.orElseThrow());
      }
      if (command.equals("DATA") && reply(line.get()).startsWith("354")) {
        String text = text(dialogue);
        String reply = replies.getOrDefault("BODY", "250 queued");
        if (reply.startsWith("2")) {
          received.add(new Received(sender, List.copyOf(recipients), text));
        }
        dialogue.say(reply);
      }
    }
  }

  private Optional<String> hear(Dialogue dialogue) throws IOException {
    Optional<String> line = dialogue.hear();
    line.ifPresent(heard::add);
    return line;
  }

  private String text(Dialogue dialogue) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Optional<String> line = dialogue.hear();
        line.isPresent() && !line.get().equals(".");
        line = dialogue.hear()) {
      text.append(line.get()).append('\n');
    }
    return text.toString();
  }

  /** For the whole line, or else for its command. */
  private String reply(String line) {
    String command = line.split("[ :]")[0];
    String usual =
        switch (command) {
          case "DATA" -> "354 go on";
          case "QUIT" -> "221 bye";
          case "STARTTLS" -> "220 go on";
          case "HELO", "EHLO", "MAIL", "RCPT", "RSET" -> "250 fine";
          default -> "500 what?";
        };
    return replies.getOrDefault(line, replies.getOrDefault(command, usual));
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "fake-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  /** Has another port, which refuses connections and is nobody else's until it is closed. */
  void die() {
    close();
    try {
      // bound, but not listening
      reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      if (reserved.isBound()) {
        reserved.close();
      }
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
