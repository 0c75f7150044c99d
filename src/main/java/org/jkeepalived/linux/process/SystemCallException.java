package org.jkeepalived.linux.process;

import java.io.IOException;

/** The kernel refused: which call, and why. */
public final class SystemCallException extends IOException {

  /** Interrupted by a signal: to be called again. */
  static final int EINTR = 4;

  private static final long serialVersionUID = 1L;

  private final int errno;

  SystemCallException(String operation, int errno) {
    super(operation + ": " + describe(errno));
    this.errno = errno;
  }

  /** The error number of {@code errno(3)} on Linux. */
  public int errno() {
    return errno;
  }

  /** The usual ones here; the C library's own table would need one more foreign call. */
  private static String describe(int errno) {
    return switch (errno) {
      case 1 -> "Operation not permitted";
      case 2 -> "No such file or directory";
      case 9 -> "Bad file descriptor";
      case 11 -> "Resource temporarily unavailable";
      case 13 -> "Permission denied";
      case 22 -> "Invalid argument";
      case 24 -> "Too many open files";
      case 90 -> "Message too long";
      case 104 -> "Connection reset by peer";
      case 105 -> "No buffer space available";
      case 107 -> "Transport endpoint is not connected";
      case 111 -> "Connection refused";
      default -> "error number " + errno;
    };
  }
}
