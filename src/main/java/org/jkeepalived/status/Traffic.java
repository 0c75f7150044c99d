package org.jkeepalived.status;

/**
 * What went through one port or socket: frames on a link, packets where the kernel makes the frame.
 *
 * @param received taken from the kernel
 * @param dropped heard by the kernel, and lost because nobody took them in time
 * @param sent taken by the kernel
 * @param sendFailures refused by the kernel
 */
public record Traffic(long received, long dropped, long sent, long sendFailures) {
  public static final Traffic NONE = new Traffic(0, 0, 0, 0);

  /** Both together. */
  public Traffic plus(Traffic other) {
    return new Traffic(
        received + other.received,
        dropped + other.dropped,
        sent + other.sent,
        sendFailures + other.sendFailures);
  }
}
