package org.jkeepalived.status;

/**
 * What went through one port or socket: frames on a link, packets where the kernel makes the frame.
 *
 * @param received taken from the kernel
 * @param dropped heard by the kernel, and lost because nobody took them in time
 * @param sent taken by the kernel
 * @param sendFailures refused by the kernel
 * @param notAllowed heard by the kernel, and left there: {@code allow_from}
 */
public record Traffic(long received, long dropped, long sent, long sendFailures, long notAllowed) {
  public static final Traffic NONE = new Traffic(0, 0, 0, 0);

  /** Where all may speak. */
  public Traffic(long received, long dropped, long sent, long sendFailures) {
    this(received, dropped, sent, sendFailures, 0);
  }

  /** Both together. */
  public Traffic plus(Traffic other) {
    return new Traffic(
        received + other.received,
        dropped + other.dropped,
        sent + other.sent,
        sendFailures + other.sendFailures,
        notAllowed + other.notAllowed);
  }
}
