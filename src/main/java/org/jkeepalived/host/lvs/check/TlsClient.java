package org.jkeepalived.host.lvs.check;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.model.lvs.TlsFiles;

/**
 * TLS as {@code SSL_GET} speaks it: 1.2 and 1.3 of the JDK's.
 *
 * <p>COMPAT: certificates of servers are believed, whoever has signed them, whatever names they
 * bear and whether or not the {@code SSL} block names an authority ({@code ca}).
 */
final class TlsClient {

  private static final String WHICH = "files of the SSL block: ";
  private static final long CLOSE_MILLIS = 500;

  private final TlsFiles files;
  private Optional<SslContext> context = Optional.empty();

  TlsClient(TlsFiles files) {
    this.files = files;
  }

  /**
   * The handler of one connection.
   *
   * @param serverName is told in the handshake, if it can be a name of a host
   * @throws UnusableFilesException the files of the configuration cannot be used
   */
  ChannelHandler handler(ByteBufAllocator allocator, Optional<String> serverName)
      throws UnusableFilesException {
    SslContext made = context.isPresent() ? context.get() : make();
    context = Optional.of(made);
    SSLEngine engine = made.newEngine(allocator);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setServerNames(serverName.flatMap(TlsClient::hostName).stream().toList());
    engine.setSSLParameters(parameters);
    SslHandler handler = new SslHandler(engine);
    // the time of the whole check is bounded
    handler.setHandshakeTimeoutMillis(0);
    handler.setCloseNotifyFlushTimeoutMillis(CLOSE_MILLIS);
    return handler;
  }

  /**
   * Loads what a handshake needs, some hundreds of classes: else the first one keeps this thread,
   * and all other handshakes, waiting for as long, while time-outs run.
   */
  void warmUp() {
    try {
      SslHandler handler = (SslHandler) handler(UnpooledByteBufAllocator.DEFAULT, Optional.empty());
      SSLEngine engine = handler.engine();
      engine.beginHandshake();
      engine.wrap(
          ByteBuffer.allocate(0), ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
    } catch (UnusableFilesException | SSLException toldByTheFirstCheck) {
      // nothing is lost but time
    }
  }

  private static Optional<SNIServerName> hostName(String text) {
    try {
      return Optional.of(new SNIHostName(text));
    } catch (IllegalArgumentException noName) {
      return Optional.empty();
    }
  }

  /** The files of the {@code SSL} block cannot be used. */
  private static final class UnusableFilesException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean ownLack;

    UnusableFilesException(Throwable cause) {
      super(WHICH + TlsSocket.reason(innermost(cause)), cause);
      ownLack = false;
    }

    UnusableFilesException(IOException unreadable, Path file) {
      super(WHICH + FileError.text(unreadable, file), unreadable);
      ownLack = FileError.isOwnLack(unreadable);
    }
  }

  private SslContext make() throws UnusableFilesException {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forClient()
              .sslProvider(SslProvider.JDK)
              .protocols(List.of("TLSv1.3", "TLSv1.2"))
              .endpointIdentificationAlgorithm(null)
              .trustManager(InsecureTrustManagerFactory.INSTANCE);
      if (files.certificate().isPresent() || files.key().isPresent()) {
        // one file may hold both
        String certificate = files.certificate().or(files::key).orElseThrow();
        String key = files.key().or(files::certificate).orElseThrow();
        builder.keyManager(read(certificate), read(key), files.password().orElse(null));
      }
      return builder.build();
    } catch (IllegalArgumentException | SSLException e) {
      throw new UnusableFilesException(e);
    }
  }

  /** Netty, had it the file, would not tell why it cannot be read. */
  private static InputStream read(String file) throws UnusableFilesException {
    Path path = Path.of(file);
    try {
      return new ByteArrayInputStream(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new UnusableFilesException(e, path);
    }
  }

  /** Whether it is this machine that has no descriptor left for the files of the configuration. */
  static boolean isOwnLack(Throwable failure) {
    return failure instanceof UnusableFilesException unusable && unusable.ownLack;
  }

  /** Why there is no encrypted connection, in a line. */
  static String reason(Throwable failure) {
    if (failure instanceof UnusableFilesException) {
      return failure.getMessage();
    }
    Throwable cause = innermost(failure);
    if (cause instanceof NotSslRecordException) {
      return "does not speak TLS";
    }
    String what = cause instanceof CertificateException ? "TLS: certificate: " : "TLS: ";
    return what + TlsSocket.reason(cause);
  }

  private static Throwable innermost(Throwable failure) {
    Throwable found = failure;
    for (int depth = 0; depth < 8 && found.getCause() != null; depth++) {
      found = found.getCause();
    }
    return found;
  }
}
