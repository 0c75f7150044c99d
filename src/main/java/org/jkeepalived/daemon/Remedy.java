package org.jkeepalived.daemon;

import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemError;

/** What an operator can do about something that the kernel refused. */
final class Remedy {

  private Remedy() {}

  static String of(SystemError error) {
    return switch (error.errno()) {
      case Errno.EPERM, Errno.EACCES ->
          "jkeepalived needs CAP_NET_ADMIN and CAP_NET_RAW: run it as root, or through its systemd"
              + " unit";
      case Errno.EMFILE -> "too many open files: raise LimitNOFILE in the systemd unit";
      default -> "see the line above for what was tried";
    };
  }
}
