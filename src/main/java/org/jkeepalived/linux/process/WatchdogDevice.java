package org.jkeepalived.linux.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongPredicate;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;

/**
 * A watchdog that resets the machine unless it is fed (the kernel's watchdog-api): from the moment
 * it is opened, until {@link #close}, or for ever if the process ends in another way.
 *
 * <p>A driver may take its time for each call. One thread uses an object.
 */
public final class WatchdogDevice implements AutoCloseable {

  private static final int O_WRONLY = 1;
  private static final int S_IFMT = 0170000;
  private static final int S_IFCHR = 0020000;

  /** {@code /dev/watchdog}, whichever driver it is of: Documentation/admin-guide/devices.txt. */
  private static final int MISC = 10;

  private static final int WATCHDOG = 130;

  /** _IOR('W', 7, int) */
  private static final long WDIOC_GETTIMEOUT = 0x80045707L;

  /** Of a driver that does not tell its own. */
  private static final int USUAL_SECONDS = 10;

  /** The magic character that tells the driver that this end is meant. */
  private static final byte MEANT = 'V';

  private final int descriptor;
  private final NativeMemory buffer = NativeMemory.allocate(Integer.BYTES);

  private WatchdogDevice(int descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * Opens it: from now on it has to be fed.
   *
   * @throws IOException it is no watchdog, or cannot be opened: another program has it, perhaps
   */
  public static WatchdogDevice open(Path device) throws IOException {
    return open(device, WatchdogDevice::isWatchdog);
  }

  /**
   * The same for what does as one.
   *
   * @param does whether a device of that number does, as stat(2) has it
   */
  public static WatchdogDevice open(Path device, LongPredicate does) throws IOException {
    // opening some other file for writing may do harm already
    int mode = (Integer) Files.getAttribute(device, "unix:mode");
    if ((mode & S_IFMT) != S_IFCHR || !does.test((Long) Files.getAttribute(device, "unix:rdev"))) {
      throw new IOException(device + " is no watchdog");
    }
    int opened = Libc.open(device.toString(), O_WRONLY | Libc.O_CLOEXEC);
    return new WatchdogDevice(SystemCallException.check("open " + device, opened));
  }

  /**
   * Whether a device's number is that of a watchdog, as the kernel lists them.
   *
   * @param number as stat(2) has it
   */
  static boolean isWatchdog(long number) {
    long major = (number >> 8 & 0xFFF) | (number >> 32 & ~0xFFFL);
    long minor = (number & 0xFF) | (number >> 12 & ~0xFFL);
    Path kind = Path.of("/sys/dev/char/" + major + ":" + minor + "/subsystem");
    try {
      return (major == MISC && minor == WATCHDOG)
          || Files.readSymbolicLink(kind).endsWith("watchdog");
    } catch (IOException unknown) {
      return false;
    }
  }

  /** In how many seconds it has to be fed, at least 1. */
  public int seconds() {
    NativeFunction ioctl = NativeFunction.ofLibc("ioctl");
    int result = buffer.lend(at -> ioctl.call(descriptor, WDIOC_GETTIMEOUT, at));
    int told = buffer.bytes().getInt(0);
    return result == 0 && told > 0 ? told : USUAL_SECONDS;
  }

  /** Feeds it. */
  public void feed() throws SystemCallException {
    write((byte) 0);
  }

  /** The daemon ends as it should: the machine goes on without it, if the driver lets it. */
  @Override
  public void close() throws SystemCallException {
    try {
      write(MEANT);
    } finally {
      Libc.close(descriptor);
    }
  }

  private void write(byte one) throws SystemCallException {
    buffer.bytes().put(0, one);
    SystemCallException.check("write to the watchdog", Libc.write(descriptor, buffer, 1));
  }
}
