package org.jkeepalived.linux.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
   * @throws IOException it is no device, or cannot be opened: another program has it, perhaps
   */
  public static WatchdogDevice open(Path device) throws IOException {
    // opening some other file for writing may do harm already
    int mode = (Integer) Files.getAttribute(device, "unix:mode");
    if ((mode & S_IFMT) != S_IFCHR) {
      throw new IOException(device + " is no device");
    }
    int opened = Libc.open(device.toString(), O_WRONLY | Libc.O_CLOEXEC);
    return new WatchdogDevice(SystemCallException.check("open " + device, opened));
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
