package org.jkeepalived.lvs.check;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jkeepalived.model.lvs.DnsCheck;

/**
 * {@code DNS_CHECK}: a name server answers a question over UDP, whatever it knows. What is no
 * answer to the question is passed over.
 */
final class DnsChecker implements Checker {

  private static final String NAME = "DNS_CHECK";
  private static final int IDS = 1 << 16;
  private static final String TIME_OUT = "read timeout from socket";

  private final CheckedServer server;
  private final DnsCheck check;
  private final Datagrams datagrams;
  private final RandomGenerator random;
  private final FailureWords words;

  /**
   * @param random chooses the questions' ids
   */
  DnsChecker(CheckedServer server, DnsCheck check, Datagrams datagrams, RandomGenerator random) {
    this.server = server;
    this.check = check;
    this.datagrams = datagrams;
    this.random = random;
    words = new FailureWords(NAME, server, check.schedule().retries(), false);
  }

  @Override
  public String kind() {
    return NAME;
  }

  /** COMPAT: keepalived says nothing. */
  @Override
  public String wellLine() {
    return "";
  }

  @Override
  public String wellMail() {
    return "DNS_CHECK: succeed on service";
  }

  @Override
  public Asking ask(int question, Consumer<Answer> done) {
    Expected expected = new Expected(random.nextInt(IDS));
    return datagrams.exchange(
        new Datagrams.Question(
            Datagrams.Kind.UDP,
            check.connection(),
            DnsMessage.question(expected.id, check.type(), check.name()),
            DnsMessage.HEADER_BYTES,
            expected::isIt),
        ending -> done.accept(answer(ending, expected)));
  }

  /** Waits for the answer to one question. */
  private static final class Expected {
    private final int id;
    private OptionalInt responseCode = OptionalInt.empty();
    private long passedOver;

    private Expected(int id) {
      this.id = id;
    }

    private boolean isIt(byte[] header) {
      responseCode = DnsMessage.responseCode(id, ByteBuffer.wrap(header));
      passedOver += responseCode.isPresent() ? 0 : 1;
      return responseCode.isPresent();
    }
  }

  private Answer answer(Datagrams.Ending ending, Expected expected) {
    return switch (ending.kind()) {
      case ANSWERED -> judge(expected.responseCode.orElseThrow());
      case NOT_ASKED -> new Answer.NotAsked();
      case SILENT -> failure(TIME_OUT, ending.reason() + passedOver(expected));
      case FAILED ->
          failure(ending.error().map(DnsChecker::unread).orElse(TIME_OUT), ending.reason());
    };
  }

  private static String unread(Datagrams.KernelError error) {
    return "failed to read socket; errno " + error.number() + " (" + error.text() + ")";
  }

  private Answer judge(int responseCode) {
    return responseCode == 0
        ? Answer.Success.PLAIN
        : failure(
            "read error occurred. (rcode = " + responseCode + ")",
            "response code " + responseCode + ", wanted 0");
  }

  private static String passedOver(Expected expected) {
    long count = expected.passedOver;
    return count == 0
        ? ""
        : ", " + count + (count == 1 ? " datagram was" : " datagrams were") + " none";
  }

  private Answer failure(String what, String reason) {
    String line = NAME + " (" + server.server() + ") " + what;
    return new Answer.Failure(
        (stage, all) ->
            stage != Answer.Stage.RETRIED || all
                ? List.of(line + retries(stage), words.reasonLine(reason))
                : List.of(),
        reason,
        "DNS_CHECK: failed on service",
        false);
  }

  private String retries(Answer.Stage stage) {
    long retries = check.schedule().retries();
    return stage == Answer.Stage.LAST && retries > 0 ? " after " + retries + " retries" : "";
  }
}
