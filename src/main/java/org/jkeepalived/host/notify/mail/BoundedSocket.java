package org.jkeepalived.host.notify.mail;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketTimeoutException;
import java.util.function.LongSupplier;

/**
 * A socket for a server that one cannot trust: what it may say, and how long it may take to say it,
 * is limited as a whole. The time-out of a socket alone counts from byte to byte, and one byte in
 * time-out's length can go on for ever.
 */
final class BoundedSocket extends Socket {

  /** More than a mail may ever need, so that writing does not wait for the server to read. */
  private static final int SEND_BUFFER_BYTES = 256 * 1024;

  private final LongSupplier nanoClock;
  private long bytesLeft;
  private long deadlineNanos;

  /** The server may not say anything yet. */
  BoundedSocket(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    deadlineNanos = nanoClock.getAsLong();
  }

  /** On another transport than the machine's. */
  BoundedSocket(SocketImpl transport, LongSupplier nanoClock) throws SocketException {
    super(transport);
    this.nanoClock = nanoClock;
    deadlineNanos = nanoClock.getAsLong();
  }

  @Override
  public void connect(SocketAddress server, int timeoutMillis) throws IOException {
    setSendBufferSize(SEND_BUFFER_BYTES);
    super.connect(server, timeoutMillis);
  }

  /** From now on the server may take this long and say this much. */
  void allow(long nanos, long bytes) {
    deadlineNanos = nanoClock.getAsLong() + nanos;
    bytesLeft = bytes;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        if (bytesLeft <= 0) {
          throw new IOException("it talks without end");
        }
        long leftMillis = (deadlineNanos - nanoClock.getAsLong()) / 1_000_000;
        if (leftMillis <= 0) {
          throw new SocketTimeoutException("it takes too long");
        }
        int usualMillis = getSoTimeout();
        if (usualMillis == 0 || leftMillis < usualMillis) {
          setSoTimeout((int) Math.min(leftMillis, Integer.MAX_VALUE));
        }
        int count = super.read(buffer, offset, (int) Math.min(length, bytesLeft));
        bytesLeft -= Math.max(0, count);
        return count;
      }
    };
  }
}
