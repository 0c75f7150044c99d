package org.jkeepalived.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real SMTP server, OpenSMTPD, on the loopback of a {@link Node}: on port 25 it takes whatever
 * comes, for anybody. Programs in the node that send mail with {@code mail} or {@code sendmail}
 * reach it too, through the node's {@code /run}. It runs with its own configuration and its own
 * {@code /run}, {@code /var/spool} and {@code /var/mail}, until the cluster is closed. No TLS: that
 * of Debian 12's OpenSMTPD fails with its OpenSSL 3.
 */
final class MailServer {

  private static final String ENTER =
      """
      node=$1
      mount --bind "$node/run" /run
      mount --bind "$node/mail/spool" /var/spool
      mount --bind "$node/mail/boxes" /var/mail
      exec smtpd -d -f "$node/mail/smtpd.conf"
      """;

  /** Root may not be delivered to: everything is the user nobody's, in a box by recipient. */
  private static final String CONFIGURATION =
      """
      table everybody { "@" = "nobody" }
      listen on socket
      listen on 127.0.0.1 port 25
      action "keep" maildir "/var/mail/%{rcpt}" virtual <everybody>
      match from any for any action "keep"
      """;

  /** Port 25 of the loopback in state LISTEN, as {@code /proc/net/tcp} has it. */
  private static final String LISTENING = "0100007F:0019 00000000:0000 0A";

  private final Node node;
  private final Path boxes;

  private MailServer(Node node, Path boxes) {
    this.node = node;
    this.boxes = boxes;
  }

  /** Whether this machine has the server and a mailer that hands to it. */
  static boolean isPresent() {
    Path sendmail = Path.of("/usr/sbin/sendmail");
    return Files.isExecutable(Path.of("/usr/sbin/smtpctl"))
        && sendmail.toFile().exists()
        && Shell.attempt("readlink", "-f", sendmail.toString()).output().contains("smtpctl");
  }

  /** Starts it; returns once it listens. */
  static MailServer start(Node node) {
    Path directory = node.directory().resolve("mail");
    Path boxes = directory.resolve("boxes");
    try {
      Files.createDirectories(directory.resolve("spool"));
      Files.createDirectories(boxes);
      Files.setPosixFilePermissions(boxes, PosixFilePermissions.fromString("rwxrwxrwx"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    node.write("mail/smtpd.conf", CONFIGURATION);
    node.start(
        ProcessBuilder.Redirect.to(directory.resolve("smtpd.log").toFile()),
        "unshare",
        "--mount",
        "sh",
        "-ec",
        ENTER,
        "sh",
        node.directory().toString());
    MailServer server = new MailServer(node, boxes);
    Await.until(
        "the mail server listens",
        () -> node.execute("cat", "/proc/net/tcp").output().contains(LISTENING),
        server::evidence);
    Await.until(
        "the mail server takes what sendmail brings",
        () -> Files.exists(node.directory().resolve("run/smtpd.sock")),
        server::evidence);
    return server;
  }

  /** The mails that have come for a recipient, whole, oldest first. */
  List<String> mails(String recipient) {
    Path box = boxes.resolve(recipient).resolve("new");
    if (!Files.isDirectory(box)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(box)) {
      List<String> texts = new ArrayList<>();
      for (Path file : files.sorted(MailServer::byArrival).toList()) {
        texts.add(Files.readString(file));
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int byArrival(Path first, Path second) {
    try {
      return Files.getLastModifiedTime(first).compareTo(Files.getLastModifiedTime(second));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a mail for a recipient that contains a text, and gives it. */
  String awaitMail(String recipient, String text) {
    Await.until(
        "a mail for " + recipient + " with " + text,
        () -> mails(recipient).stream().anyMatch(each -> each.contains(text)),
        this::evidence);
    return mails(recipient).stream().filter(each -> each.contains(text)).findFirst().orElseThrow();
  }

  /** For a failure's message: what the server and the node's daemons said. */
  String evidence() {
    return "--- mail server\n" + node.read("mail/smtpd.log") + node.evidence();
  }
}
