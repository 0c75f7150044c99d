package org.jkeepalived.lvs.check;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.model.lvs.BytePattern;
import org.jkeepalived.model.lvs.UdpCheck;

/**
 * {@code UDP_CHECK}: a datagram is not refused, or is answered. Where no reply is required whatever
 * comes is well, and so is silence.
 *
 * <p>The length of a reply counts with a pattern and without one; keepalived looks at it only with
 * one.
 */
final class UdpChecker implements Checker {

  private static final String NAME = "UDP_CHECK";
  private static final String USUAL = "keepalived check - keepalived ch";

  private final CheckedServer server;
  private final UdpCheck check;
  private final Datagrams.Question question;
  private final Datagrams datagrams;
  private final FailureWords words;

  UdpChecker(CheckedServer server, UdpCheck check, Datagrams datagrams) {
    this.server = server;
    this.check = check;
    this.datagrams = datagrams;
    question =
        new Datagrams.Question(
            Datagrams.Kind.UDP,
            check.connection(),
            check
                .payload()
                .map(BytePattern::bytes)
                .orElseGet(() -> USUAL.getBytes(StandardCharsets.US_ASCII)),
            check.reply().flatMap(UdpCheck.Reply::pattern).map(BytePattern::length).orElse(0),
            any -> true);
    words = new FailureWords(NAME, server, check.schedule().retries(), false);
  }

  @Override
  public String kind() {
    return NAME;
  }

  @Override
  public String wellLine() {
    return line("success");
  }

  @Override
  public String wellMail() {
    return "UDP CHECK succeed on service";
  }

  @Override
  public Asking ask(int number, Consumer<Answer> done) {
    return datagrams.exchange(question, ending -> done.accept(answer(ending)));
  }

  private Answer answer(Datagrams.Ending ending) {
    return switch (ending.kind()) {
      case ANSWERED ->
          check
              .reply()
              .flatMap(wanted -> fault(wanted, ending))
              .map(this::failure)
              .orElse(Answer.Success.PLAIN);
      case SILENT -> check.reply().isPresent() ? failure(ending.reason()) : Answer.Success.PLAIN;
      case FAILED -> failure(ending.reason());
      case NOT_ASKED -> new Answer.NotAsked();
    };
  }

  /** What is wrong with a reply; empty where nothing is. */
  private static Optional<String> fault(UdpCheck.Reply wanted, Datagrams.Ending reply) {
    int length = reply.length();
    if (length < wanted.minLength() || length > wanted.maxLength()) {
      return Optional.of(
          "reply of "
              + length
              + " bytes, wanted "
              + wanted.minLength()
              + " to "
              + wanted.maxLength());
    }
    return wanted
        .pattern()
        .filter(pattern -> !pattern.matches(reply.begin()))
        .map(pattern -> "another reply than wanted");
  }

  private Answer failure(String reason) {
    return new Answer.Failure(
        words.of(line("failed"), reason), reason, "UDP CHECK failed on service", false);
  }

  private String line(String what) {
    return "UDP connection to " + server.server() + " " + what + ".";
  }
}
