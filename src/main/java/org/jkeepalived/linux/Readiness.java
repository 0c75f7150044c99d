package org.jkeepalived.linux;

/** What is waited for on a descriptor; an error or a hang-up counts as each of them. */
public enum Readiness {
  /** Something can be read, or somebody connects. */
  READABLE(Bits.IN),
  /** Something can be written, or a connection that was begun has come to an answer. */
  WRITABLE(Bits.OUT),
  /** Either of them. */
  EITHER(Bits.IN | Bits.OUT),
  /** Either of them, and the end of what the peer sends; told once and never again. */
  ONCE(Bits.IN | Bits.OUT | Bits.RDHUP | Bits.ONESHOT),
  /** The same, told again only once there is more of it. */
  CHANGES(Bits.IN | Bits.OUT | Bits.RDHUP | Bits.EDGE);

  /** As epoll_ctl(2) takes it. */
  final int events;

  Readiness(int events) {
    this.events = events;
  }

  /**
   * Whether something can be read, be it an end or an error.
   *
   * @param events as they were told
   */
  public static boolean isReadable(int events) {
    return (events & (Bits.IN | Bits.RDHUP | Bits.ERROR | Bits.HANG_UP)) != 0;
  }

  /** EPOLLIN and so on. */
  private static final class Bits {
    static final int IN = 1;
    static final int OUT = 4;
    static final int ERROR = 8;
    static final int HANG_UP = 16;
    static final int RDHUP = 1 << 13;
    static final int ONESHOT = 1 << 30;
    static final int EDGE = 1 << 31;
  }
}
