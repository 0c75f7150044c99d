package org.jkeepalived.linux;

import java.util.Objects;

/**
 * What the kernel answered when it refused.
 *
 * @param operation what was tried, in words that a log line can begin with
 * @param errno the kernel's number, positive; 0 where the reason did not come from the kernel
 * @param text the kernel's text, netlink's extended text included where there is one
 */
public record SystemError(String operation, int errno, String text) {
  public SystemError {
    Objects.requireNonNull(operation);
    Objects.requireNonNull(text);
  }

  /** With the C library's text for the number. */
  public static SystemError of(String operation, int errno) {
    return new SystemError(operation, errno, Libc.errorText(errno));
  }

  /**
   * Of a call that makes a process or a descriptor: whether this machine, or what this process may
   * have of it, is used up. It tells nothing of what was to be run or opened.
   */
  public boolean isOwnLack() {
    return switch (errno) {
      case Errno.EAGAIN, Errno.ENOMEM, Errno.ENFILE, Errno.EMFILE -> true;
      default -> false;
    };
  }

  /** {@code operation: text}. */
  @Override
  public String toString() {
    return operation + ": " + text;
  }
}
