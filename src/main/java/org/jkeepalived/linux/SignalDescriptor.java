package org.jkeepalived.linux;

/**
 * Receives signals that are blocked in every thread (signalfd(2)), such as the real-time signals
 * that the JVM has no handler for.
 *
 * <p>Whoever started the JVM must have blocked them ({@code env --block-signal=36}): a thread that
 * blocks them now would not speak for the threads that run already.
 */
public final class SignalDescriptor implements AutoCloseable {
  private static final NativeFunction SIGNALFD = NativeFunction.ofLibc("signalfd");

  // what the C library takes: a sigset_t of 1,024 bits, signal n at bit n - 1
  private static final int SIGNAL_SET_BYTES = 128;
  private static final int HIGHEST_SIGNAL = 64;

  // struct signalfd_siginfo, which begins with the signal's number
  private static final int INFO_BYTES = 128;

  private final int fd;
  private final NativeMemory info = NativeMemory.allocate(INFO_BYTES);

  private SignalDescriptor(int fd) {
    this.fd = fd;
  }

  /**
   * @param signals numbers from 1 to 64
   */
  public static SignalDescriptor open(Integer... signals) throws SystemCallException {
    NativeMemory set = NativeMemory.allocate(SIGNAL_SET_BYTES);
    long bits = 0;
    for (int signal : signals) {
      if (signal < 1 || signal > HIGHEST_SIGNAL) {
        throw new IllegalArgumentException("no signal has the number " + signal);
      }
      bits |= 1L << (signal - 1);
    }
    set.bytes().putLong(0, bits);
    int fd = set.lend(at -> SIGNALFD.call(-1, at, Libc.O_CLOEXEC | Libc.O_NONBLOCK));
    return new SignalDescriptor(SystemCallException.check("signalfd", fd));
  }

  /** For {@link Poller#add}. */
  public int fd() {
    return fd;
  }

  /** The number of the next signal that has arrived, or 0 when there is none. */
  public int next() {
    return Libc.read(fd, info, INFO_BYTES) == INFO_BYTES ? info.bytes().getInt(0) : 0;
  }

  @Override
  public void close() {
    Libc.close(fd);
  }
}
