package org.jkeepalived.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jkeepalived.linux.Errno;

/** A kernel made of datagrams: what it answers is prepared, what it is asked is kept. */
public final class ScriptedTransport implements NetlinkTransport {
  final List<byte[]> sent = new ArrayList<>();
  private final Deque<Object> answers = new ArrayDeque<>();
  private Function<byte[], List<byte[]>> responder = request -> List.of();

  /** Will be received next after what is prepared already. */
  public ScriptedTransport answer(byte[] datagram) {
    answers.add(datagram);
    return this;
  }

  /** An error number, positive, instead of a datagram. */
  public ScriptedTransport fail(int errno) {
    answers.add(errno);
    return this;
  }

  /** Answers every datagram that is sent with those that this returns. */
  public ScriptedTransport respond(Function<byte[], List<byte[]>> how) {
    responder = how;
    return this;
  }

  /** A datagram with what the writer is made to write. */
  public static byte[] datagram(Consumer<MessageWriter> content) {
    MessageWriter writer = new MessageWriter(order(ByteBuffer.allocate(65536)));
    content.accept(writer);
    ByteBuffer buffer = writer.datagram();
    byte[] bytes = new byte[buffer.position()];
    buffer.get(0, bytes);
    return bytes;
  }

  public static ByteBuffer order(ByteBuffer buffer) {
    return buffer.order(ByteOrder.nativeOrder());
  }

  @Override
  public ByteBuffer buffer(int capacity) {
    return order(ByteBuffer.allocate(capacity));
  }

  @Override
  public int send(ByteBuffer datagram) {
    byte[] bytes = new byte[datagram.position()];
    datagram.get(0, bytes);
    sent.add(bytes);
    answers.addAll(responder.apply(bytes));
    return bytes.length;
  }

  @Override
  public int receive(ByteBuffer buffer) {
    buffer.clear().limit(0);
    Object next = answers.poll();
    if (next == null) {
      return -Errno.EAGAIN;
    }
    if (next instanceof Integer errno) {
      return -errno;
    }
    byte[] bytes = (byte[]) next;
    int length = Math.min(bytes.length, buffer.capacity());
    buffer.limit(length).put(0, bytes, 0, length);
    return bytes.length;
  }

  @Override
  public void close() {}
}
