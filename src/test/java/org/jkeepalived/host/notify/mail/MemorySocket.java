package org.jkeepalived.host.notify.mail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketImpl;
import java.nio.charset.StandardCharsets;

/** A server that says what was written down for it, whatever it hears, and hangs up. */
final class MemorySocket extends SocketImpl {

  private final InputStream said;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

  MemorySocket(byte[] said) {
    this.said = new ByteArrayInputStream(said);
  }

  /** What it was told, byte for byte. */
  String heard() {
    return heard.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  protected InputStream getInputStream() {
    return said;
  }

  @Override
  protected OutputStream getOutputStream() {
    return heard;
  }

  @Override
  protected int available() {
    return 0;
  }

  @Override
  protected void create(boolean stream) {}

  @Override
  protected void connect(String host, int port) {}

  @Override
  protected void connect(InetAddress address, int port) {}

  @Override
  protected void connect(SocketAddress address, int timeoutMillis) {}

  @Override
  protected void close() {}

  @Override
  public void setOption(int option, Object value) {}

  @Override
  public Object getOption(int option) {
    return 0; // no time-out, no linger, nothing buffered
  }

  @Override
  protected void bind(InetAddress host, int port) {
    throw new UnsupportedOperationException("a client");
  }

  @Override
  protected void listen(int backlog) {
    throw new UnsupportedOperationException("a client");
  }

  @Override
  protected void accept(SocketImpl other) {
    throw new UnsupportedOperationException("a client");
  }

  @Override
  protected void sendUrgentData(int data) {
    throw new UnsupportedOperationException("nothing is urgent");
  }
}
