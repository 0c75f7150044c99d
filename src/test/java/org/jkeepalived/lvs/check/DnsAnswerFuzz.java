package org.jkeepalived.lvs.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.model.lvs.CheckSchedule;
import org.jkeepalived.model.lvs.DnsCheck;
import org.jkeepalived.model.lvs.ServerAddress;

/**
 * The datagrams that a name server answers with: the first byte of each is its length, so far as
 * there is that much. A datagram that begins with 00 00 has the question's id.
 */
final class DnsAnswerFuzz {

  private static final int HEADER_BYTES = 12;

  @FuzzTest(maxDuration = "")
  void dnsAnswer(byte[] said) {
    List<byte[]> datagrams = datagrams(said);
    List<Answer> answers = new ArrayList<>();
    byte[][] asked = new byte[1][];
    Datagrams network =
        (question, done) -> {
          asked[0] = question.payload();
          for (byte[] each : datagrams) {
            byte[] bytes = withId(each, question.payload());
            byte[] begin = Arrays.copyOf(bytes, Math.min(bytes.length, question.mostBytes()));
            boolean heard = question.isAnswer().test(begin);
            assertEquals(isAnswer(bytes, question.payload()), heard);
            if (heard) {
              done.accept(new Datagrams.Ending(Datagrams.Ending.Kind.ANSWERED, ""));
              return () -> {};
            }
          }
          done.accept(new Datagrams.Ending(Datagrams.Ending.Kind.SILENT, "late"));
          return () -> {};
        };
    new DnsChecker(new CheckedServer("RS", "VS"), check(), network, new Random(said.length))
        .ask(0, answers::add);
    assertEquals(1, answers.size());
    requireRight(answers.get(0), first(datagrams, asked[0]));
  }

  private static List<byte[]> datagrams(byte[] said) {
    List<byte[]> datagrams = new ArrayList<>();
    for (int at = 0; at < said.length; ) {
      int end = Math.min(said.length, at + 1 + (said[at] & 0xFF));
      datagrams.add(Arrays.copyOfRange(said, at + 1, end));
      at = end;
    }
    return datagrams;
  }

  private static byte[] withId(byte[] datagram, byte[] question) {
    byte[] copy = datagram.clone();
    if (copy.length >= 2 && copy[0] == 0 && copy[1] == 0) {
      copy[0] = question[0];
      copy[1] = question[1];
    }
    return copy;
  }

  /** Written down once more, the other way round. */
  private static boolean isAnswer(byte[] datagram, byte[] question) {
    return datagram.length >= HEADER_BYTES
        && datagram[2] < 0
        && datagram[0] == question[0]
        && datagram[1] == question[1];
  }

  private static Optional<byte[]> first(List<byte[]> datagrams, byte[] question) {
    return datagrams.stream()
        .map(each -> withId(each, question))
        .filter(each -> isAnswer(each, question))
        .findFirst();
  }

  private static void requireRight(Answer answer, Optional<byte[]> counted) {
    if (counted.isPresent() && (counted.get()[3] & 0x0F) == 0) {
      assertEquals(Answer.Success.PLAIN, answer);
      return;
    }
    Answer.Failure failure = (Answer.Failure) answer;
    String line = failure.words().lines(Answer.Stage.FIRST, false).get(0);
    assertEquals(
        counted
            .map(bytes -> "read error occurred. (rcode = " + (bytes[3] & 0x0F) + ")")
            .orElse("read timeout from socket"),
        line.substring("DNS_CHECK (RS) ".length()));
    assertTrue(failure.reason().length() < 100);
  }

  private static DnsCheck check() {
    try {
      return new DnsCheck(
          new CheckSchedule(1, 1, 3, 1, false, false),
          new CheckConnection(
              new ServerAddress(InetAddress.getByName("10.0.0.1"), 53),
              Optional.empty(),
              0,
              Optional.empty(),
              0,
              1),
          DnsCheck.Type.SOA,
          "example.test");
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
