package org.jkeepalived.linux.socket;

/** A connection on which bytes are sent in their order. Nothing here waits; lives on one thread. */
public interface StreamSocket extends AutoCloseable {

  /** For epoll. */
  int fd();

  /**
   * Sends as much as there is room for.
   *
   * @param from where in {@code bytes} it begins
   * @return how many bytes, or the negated number of the kernel's error: EAGAIN where there is no
   *     room
   */
  int sendSome(byte[] bytes, int from);

  /**
   * Throws away something that has arrived.
   *
   * @return how many bytes; 0 if the peer has said its end; the negated number of the kernel's
   *     error, EAGAIN where nothing has arrived
   */
  int passOver();

  /**
   * Says the end of what this side sends; the other side may still be listened to.
   *
   * @return 0, or the number of the kernel's error
   */
  int endSending();

  @Override
  void close();
}
