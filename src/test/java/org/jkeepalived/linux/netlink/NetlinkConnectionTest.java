package org.jkeepalived.linux.netlink;

import static org.jkeepalived.linux.netlink.ScriptedTransport.datagram;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemCallException;
import org.junit.jupiter.api.Test;

class NetlinkConnectionTest {
  private static final int ENTRY = 100;
  private static final int MULTI = 2;

  private final ScriptedTransport kernel = new ScriptedTransport();
  private final NetlinkConnection connection = new NetlinkConnection(kernel);

  private List<Integer> dump() throws SystemCallException {
    return connection.dump(
        "read", 7, writer -> writer.u32(0), message -> Optional.of(message.s32(0)));
  }

  private static byte[] entries(int flags, int sequence, int... values) {
    return datagram(
        writer -> {
          for (int value : values) {
            writer.begin(ENTRY, MULTI | flags, sequence).s32(value).end();
          }
        });
  }

  private static byte[] done(int sequence, int errno) {
    return datagram(w -> w.begin(Netlink.NLMSG_DONE, MULTI, sequence).s32(-errno).end());
  }

  private static byte[] joined(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(65536);
    for (byte[] part : parts) {
      all.put(part);
    }
    byte[] bytes = new byte[all.position()];
    all.get(0, bytes);
    return bytes;
  }

  @Test
  void readsATableThatComesInSeveralDatagrams() throws Exception {
    kernel.answer(entries(0, 1, 10, 11)).answer(entries(0, 1, 12)).answer(done(1, 0));
    assertEquals(List.of(10, 11, 12), dump());
    kernel.answer(joined(entries(0, 2, 13), done(2, 0)));
    assertEquals(List.of(13), dump());
  }

  @Test
  void leavesOutAnswersToOtherQuestions() throws Exception {
    kernel.answer(entries(0, 77, 9)).answer(done(77, 0));
    kernel.answer(entries(0, 1, 10)).answer(done(1, 0));
    assertEquals(List.of(10), dump());
  }

  @Test
  void readsAgainWhatChangedWhileItWasRead() throws Exception {
    kernel.answer(entries(Netlink.NLM_F_DUMP_INTR, 1, 10)).answer(done(1, 0));
    kernel.answer(entries(0, 2, 10, 11)).answer(done(2, 0));
    assertEquals(List.of(10, 11), dump());
    assertEquals(2, kernel.sent.size());
  }

  @Test
  void givesUpOnATableThatChangesAllTheTime() {
    kernel.respond(
        request -> {
          int sequence = ScriptedTransport.order(ByteBuffer.wrap(request)).getInt(8);
          return List.of(entries(Netlink.NLM_F_DUMP_INTR, sequence, 10), done(sequence, 0));
        });
    SystemCallException e = assertThrows(SystemCallException.class, this::dump);
    assertEquals(Errno.EINTR, e.error().errno());
    assertEquals(5, kernel.sent.size());
  }

  @Test
  void anErrorAtTheEndOfATableIsAnError() {
    kernel.answer(entries(0, 1, 10)).answer(done(1, Errno.EPERM));
    SystemCallException e = assertThrows(SystemCallException.class, this::dump);
    assertEquals(Errno.EPERM, e.error().errno());
    assertEquals("read: Operation not permitted", e.getMessage());
  }

  @Test
  void aKernelThatDoesNotAnswerIsAnError() {
    SystemCallException e = assertThrows(SystemCallException.class, this::dump);
    assertEquals(Errno.ETIMEDOUT, e.error().errno());
  }

  @Test
  void anAnswerThatIsCutOffIsAnError() {
    byte[] whole = entries(0, 1, 10);
    kernel.answer(java.util.Arrays.copyOf(whole, whole.length - 1));
    SystemCallException e = assertThrows(SystemCallException.class, this::dump);
    assertEquals(
        "read: the kernel's answer has a message of 20 bytes where 19 are left", e.getMessage());
  }

  @Test
  void anAnswerThatDoesNotFitIsAnError() {
    kernel.answer(new byte[40_000]);
    SystemCallException e = assertThrows(SystemCallException.class, this::dump);
    assertEquals(Errno.EMSGSIZE, e.error().errno());
  }

  // each request says its own number
  private List<Acknowledgement> execute(int count) {
    return connection.execute(
        count, (w, index, flags, sequence) -> w.begin(20, flags | 1, sequence).s32(index).end());
  }

  private static byte[] acknowledgement(int sequence, int errno) {
    return datagram(
        w ->
            w.begin(Netlink.NLMSG_ERROR, Netlink.NLM_F_CAPPED, sequence)
                .s32(-errno)
                .u32(20)
                .u32(0)
                .s32(sequence)
                .u32(0)
                .end());
  }

  private static List<Integer> numbers(byte[] request) {
    List<Integer> numbers = new ArrayList<>();
    for (MessageReader m = reader(request); m.next(); ) {
      numbers.add(m.s32(0));
    }
    return numbers;
  }

  private static List<Integer> sequences(byte[] request) {
    List<Integer> sequences = new ArrayList<>();
    for (MessageReader m = reader(request); m.next(); ) {
      assertEquals(Netlink.NLM_F_ACK | Netlink.NLM_F_REQUEST, m.flags());
      sequences.add(m.sequence());
    }
    return sequences;
  }

  private static MessageReader reader(byte[] bytes) {
    return new MessageReader(ScriptedTransport.order(ByteBuffer.wrap(bytes)));
  }

  @Test
  void sendsManyRequestsInADatagramAndFindsTheAnswerOfEach() {
    kernel.respond(
        request -> {
          List<byte[]> answers = new ArrayList<>();
          for (int sequence : sequences(request)) {
            answers.add(acknowledgement(sequence, sequence % 3 == 0 ? Errno.EEXIST : 0));
          }
          return answers;
        });
    List<Acknowledgement> answers = execute(1_000);
    for (int i = 0; i < 1_000; i++) {
      assertEquals((i + 1) % 3 == 0 ? Errno.EEXIST : 0, answers.get(i).errno());
    }
    assertEquals(4, kernel.sent.size());
  }

  @Test
  void sendsAgainWhatWasNotAcknowledgedBeforeTheQueueOverflowed() {
    kernel.answer(acknowledgement(1, 0)).answer(acknowledgement(3, Errno.EPERM));
    kernel.fail(Errno.ENOBUFS);
    // two of four are left, and have kept their distance in the new sequence
    kernel.answer(acknowledgement(6, 0)).answer(acknowledgement(8, Errno.EEXIST));
    List<Acknowledgement> answers = execute(4);
    assertEquals(
        List.of(0, 0, Errno.EPERM, Errno.EEXIST),
        answers.stream().map(Acknowledgement::errno).toList());
    assertEquals(List.of(0, 1, 2, 3), numbers(kernel.sent.get(0)));
    assertEquals(List.of(1, 3), numbers(kernel.sent.get(1)));
  }

  @Test
  void togetherOnlyTheLastIsAcknowledgedAndRefusalsAreFound() {
    kernel.respond(
        request -> {
          int first = ScriptedTransport.order(ByteBuffer.wrap(request)).getInt(8);
          int last = numbers(request).size() - 1;
          assertEquals(List.of(last), acknowledged(request));
          return List.of(
              acknowledgement(first + 1, Errno.EEXIST), acknowledgement(first + last, 0));
        });
    List<Acknowledgement> answers = together(600);
    for (int i = 0; i < 600; i++) {
      assertEquals(i % 256 == 1 ? Errno.EEXIST : 0, answers.get(i).errno(), "of " + i);
    }
    assertEquals(3, kernel.sent.size());
  }

  @Test
  void togetherAllThatWasNotRefusedIsInDoubtAfterAnOverflow() {
    kernel.answer(acknowledgement(2, Errno.EPERM)).fail(Errno.ENOBUFS);
    kernel.answer(acknowledgement(4, Errno.EEXIST)).answer(acknowledgement(6, 0));
    assertEquals(
        List.of(Errno.EEXIST, Errno.EPERM, 0),
        together(3).stream().map(Acknowledgement::errno).toList());
    kernel.fail(Errno.ENOBUFS).answer(acknowledgement(9, 0)).answer(acknowledgement(10, 0));
    assertEquals(List.of(0, 0), together(2).stream().map(Acknowledgement::errno).toList());
    byte[] again = kernel.sent.get(kernel.sent.size() - 1);
    assertEquals(List.of(0, 1), acknowledged(again), "each answers for itself now");
  }

  @Test
  void togetherWithoutTheLastAnswerNobodyIsBelieved() {
    kernel.answer(acknowledgement(1, Errno.EEXIST));
    assertEquals(
        List.of(Errno.EEXIST, Errno.ETIMEDOUT, Errno.ETIMEDOUT),
        together(3).stream().map(Acknowledgement::errno).toList());
  }

  @Test
  void togetherAllIsWrittenBeforeTheFirstIsSent() {
    kernel.respond(
        request -> {
          int first = ScriptedTransport.order(ByteBuffer.wrap(request)).getInt(8);
          return List.of(acknowledgement(first + numbers(request).size() - 1, 0));
        });
    List<Integer> sentBefore = new ArrayList<>();
    List<Acknowledgement> answers =
        connection.executeTogether(
            600,
            (writer, index, flags, sequence) -> {
              sentBefore.add(kernel.sent.size());
              writer.begin(30, Netlink.NLM_F_REQUEST | flags, sequence).s32(index).end();
            });
    assertEquals(3, kernel.sent.size());
    assertEquals(Collections.nCopies(600, 0), sentBefore);
    assertEquals(Collections.nCopies(600, Acknowledgement.SUCCESS), answers);
  }

  private List<Acknowledgement> together(int count) {
    return connection.executeTogether(
        count,
        (writer, index, flags, sequence) ->
            writer.begin(30, Netlink.NLM_F_REQUEST | flags, sequence).s32(index).end());
  }

  /** Which of a datagram's requests are to be acknowledged. */
  private static List<Integer> acknowledged(byte[] request) {
    List<Integer> indices = new ArrayList<>();
    MessageReader message = reader(request);
    for (int i = 0; message.next(); i++) {
      if ((message.flags() & Netlink.NLM_F_ACK) != 0) {
        indices.add(i);
      }
    }
    return indices;
  }

  private Optional<Integer> ask() throws SystemCallException {
    return connection.ask("ask", 7, writer -> writer.u32(0), m -> Optional.of(m.s32(0)));
  }

  @Test
  void asksForOneThing() throws Exception {
    kernel.answer(entries(0, 99, 5)).answer(entries(0, 1, 10)).answer(acknowledgement(1, 0));
    assertEquals(Optional.of(10), ask());
    kernel.answer(acknowledgement(2, 0));
    assertEquals(Optional.empty(), ask());
    kernel.answer(acknowledgement(3, Errno.ENOENT));
    assertEquals(Errno.ENOENT, assertThrows(SystemCallException.class, this::ask).error().errno());
  }

  @Test
  void whoIsNotAnsweredOrOnlyInPartIsTold() {
    assertEquals(
        Errno.ETIMEDOUT, assertThrows(SystemCallException.class, this::ask).error().errno());
    byte[] whole = acknowledgement(2, 0);
    kernel.answer(java.util.Arrays.copyOf(whole, whole.length - 1));
    assertEquals(
        "ask: the kernel's answer has a message of 36 bytes where 35 are left",
        assertThrows(SystemCallException.class, this::ask).getMessage());
    kernel.fail(Errno.ENOBUFS);
    assertEquals(Errno.ENOBUFS, assertThrows(SystemCallException.class, this::ask).error().errno());
  }

  @Test
  void whatIsNeverAcknowledgedTimesOut() {
    kernel.answer(acknowledgement(1, 0));
    assertEquals(
        List.of(0, Errno.ETIMEDOUT), execute(2).stream().map(Acknowledgement::errno).toList());
  }

  @Test
  void nothingToDoSendsNothing() {
    assertTrue(execute(0).isEmpty());
    assertTrue(kernel.sent.isEmpty());
  }

  @Test
  void readsTheExtendedText() {
    byte[] capped =
        datagram(
            w ->
                w.begin(Netlink.NLMSG_ERROR, Netlink.NLM_F_CAPPED | Netlink.NLM_F_ACK_TLVS, 1)
                    .s32(-Errno.EINVAL)
                    .u32(99)
                    .u32(0)
                    .s32(1)
                    .u32(0)
                    .attributeString(Netlink.NLMSGERR_ATTR_MSG, "ipv4: Invalid scope value")
                    .end());
    byte[] repeated =
        datagram(
            w ->
                w.begin(Netlink.NLMSG_ERROR, Netlink.NLM_F_ACK_TLVS, 2)
                    .s32(-Errno.EINVAL)
                    .u32(18)
                    .u32(0)
                    .s32(2)
                    .u32(0)
                    .u32(0xabcd)
                    .attributeU32(2, 16)
                    .attributeString(Netlink.NLMSGERR_ATTR_MSG, "no")
                    .end());
    kernel.answer(capped).answer(repeated);
    List<Acknowledgement> answers = execute(2);
    assertEquals(
        "do: Invalid argument (ipv4: Invalid scope value)",
        answers.get(0).error("do").orElseThrow().toString());
    assertEquals(Optional.of("no"), answers.get(1).detail());
  }
}
