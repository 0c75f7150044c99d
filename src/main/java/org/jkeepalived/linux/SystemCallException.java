package org.jkeepalived.linux;

import java.io.IOException;

/** A system call failed where there is no way on; the reason is a {@link SystemError}. */
public final class SystemCallException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient SystemError error;

  public SystemCallException(SystemError error) {
    super(error.toString());
    this.error = error;
  }

  public SystemCallException(SystemError error, Throwable cause) {
    super(error.toString(), cause);
    this.error = error;
  }

  /** What failed, and the kernel's reason. */
  public SystemError error() {
    return error;
  }

  /**
   * Hands a call's result through, or throws.
   *
   * @param operation what was tried
   * @param result what a function of {@link Libc} returned: an error number is negative
   */
  public static int check(String operation, int result) throws SystemCallException {
    if (result < 0) {
      throw new SystemCallException(SystemError.of(operation, -result));
    }
    return result;
  }
}
