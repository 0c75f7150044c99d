package org.jkeepalived.linux;

/** Says what the kernel refused, and what an operator can do about it. */
public final class Remedy {

  private Remedy() {}

  /** The error in one line, with the remedy where there is one. */
  public static String explain(SystemError error) {
    return switch (error.errno()) {
      case Errno.EPERM, Errno.EACCES ->
          error
              + ": jkeepalived needs CAP_NET_ADMIN and CAP_NET_RAW: run it as root, or through its"
              + " systemd unit";
      case Errno.EMFILE -> error + ": raise LimitNOFILE in the systemd unit";
      default -> error.toString();
    };
  }
}
