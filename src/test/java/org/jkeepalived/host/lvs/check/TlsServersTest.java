package org.jkeepalived.host.lvs.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.model.lvs.HttpCheck;
import org.jkeepalived.model.lvs.HttpUrl;
import org.jkeepalived.model.lvs.TlsFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers of TLS: names, versions, certificates, ends. */
class TlsServersTest {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String OK = "HTTP/1.0 200 OK\r\n\r\nfine";

  @TempDir static Path directory;

  private static KeyStore store;
  private static KeyStore other;
  private static SSLContext context;

  private final Queue<String> seen = new ConcurrentLinkedQueue<>();
  private AskingRig rig = new AskingRig();

  /** Certificates for another name, that have expired. */
  @BeforeAll
  static void makeCertificates() throws Exception {
    store = make("server");
    other = make("other");
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, PASSWORD);
    trusted.setCertificateEntry("one", store.getCertificate("one"));
    trust.init(trusted);
    context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
  }

  private static KeyStore make(String name) throws Exception {
    Path file = directory.resolve(name + ".p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                List.of(
                    keytool,
                    "-genkeypair",
                    "-keyalg",
                    "RSA",
                    "-keysize",
                    "2048",
                    "-dname",
                    "CN=other.test",
                    "-startdate",
                    "-30d",
                    "-validity",
                    "10",
                    "-alias",
                    "one",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    new String(PASSWORD),
                    "-keystore",
                    file.toString()))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    KeyStore made = KeyStore.getInstance("PKCS12");
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      made.load(in, PASSWORD);
    }
    return made;
  }

  @AfterEach
  void end() {
    rig.close();
  }

  private TestServer server(String version, boolean wantsCertificate) throws IOException {
    return TestServer.of(
        context.getServerSocketFactory(),
        connection -> {
          SSLSocket socket = (SSLSocket) connection;
          socket.setEnabledProtocols(new String[] {version});
          socket.setNeedClientAuth(wantsCertificate);
          try {
            socket.startHandshake();
          } catch (IOException refused) {
            seen.add("refused: " + refused.getMessage());
            throw refused;
          }
          ExtendedSSLSession session = (ExtendedSSLSession) socket.getSession();
          seen.add(
              session.getProtocol()
                  + session.getRequestedServerNames().stream()
                      .map(name -> " " + new String(name.getEncoded(), StandardCharsets.US_ASCII))
                      .collect(Collectors.joining()));
          socket.getInputStream().read(new byte[4096]);
          socket.getOutputStream().write(OK.getBytes(StandardCharsets.US_ASCII));
        });
  }

  private String ask(TestServer server, HttpCheck.Tls tls, Optional<String> host) throws Exception {
    CheckConnection to = AskingRig.to(server.port(), 20_000);
    HttpUrl url =
        new HttpUrl(
            "/",
            host,
            Optional.empty(),
            List.of(HttpUrl.Statuses.SUCCESS),
            Optional.empty(),
            false);
    return rig.ask(AskingRig.https(to, tls, url));
  }

  private static HttpCheck.Tls naming(boolean host, String... name) {
    return new HttpCheck.Tls(host, List.of(name).stream().findFirst(), false);
  }

  @Test
  void certificatesAreNotVerifiedAndNamesNotToldUnlessAskedFor() throws Exception {
    try (TestServer server = server("TLSv1.3", false)) {
      assertEquals("", ask(server, naming(false), Optional.of("www.test")));
      assertEquals("TLSv1.3", seen.remove());
      assertEquals("", ask(server, naming(true), Optional.of("www.test")));
      assertEquals("TLSv1.3 www.test", seen.remove());
      assertEquals("", ask(server, naming(true), Optional.of("www.test:8443")));
      assertEquals("TLSv1.3 www.test", seen.remove());
      assertEquals("", ask(server, naming(true), Optional.empty()));
      assertEquals("TLSv1.3", seen.remove());
      assertEquals("", ask(server, naming(true), Optional.of("my site (one)")));
      assertEquals("TLSv1.3", seen.remove());
      assertEquals("", ask(server, naming(false, "sni.test"), Optional.of("www.test")));
      assertEquals("TLSv1.3 sni.test", seen.remove());
    }
  }

  @Test
  void version12Passes() throws Exception {
    try (TestServer server = server("TLSv1.2", false)) {
      assertEquals("", ask(server, naming(false), Optional.empty()));
      assertEquals("TLSv1.2", seen.remove());
    }
  }

  @Test
  void whoIsAskedForACertificateShowsIt() throws Exception {
    try (TestServer server = server("TLSv1.2", true)) {
      String refused = ask(server, naming(false), Optional.empty());
      assertTrue(refused.startsWith("TLS: "), refused);
    }
    Path certificate = pem("CERTIFICATE", store.getCertificate("one").getEncoded());
    PrivateKey key = (PrivateKey) store.getKey("one", PASSWORD);
    Path keyFile = pem("PRIVATE KEY", key.getEncoded());
    rig.close();
    rig =
        new AskingRig(
            new TlsFiles(
                Optional.empty(),
                Optional.of(certificate.toString()),
                Optional.of(keyFile.toString()),
                Optional.empty()));
    seen.clear();
    try (TestServer server = server("TLSv1.3", true)) {
      ask(server, naming(false), Optional.empty());
      // it came, though the server does not like that it has expired
      assertTrue(seen.remove().matches("TLSv1.3|refused: .*(expired|validity|NotAfter).*"));
    }
  }

  /** Whoever exchanges the files under their names has the next reload use them. */
  @Test
  void aReloadReadsTheFilesAnewEvenIfTheirNamesAreTheSame() throws Exception {
    Path certificate = pem("CERTIFICATE", store.getCertificate("one").getEncoded());
    Path key = pem("PRIVATE KEY", store.getKey("one", PASSWORD).getEncoded());
    TlsFiles files =
        new TlsFiles(
            Optional.empty(),
            Optional.of(certificate.toString()),
            Optional.of(key.toString()),
            Optional.empty());
    rig.close();
    rig = new AskingRig(files);
    try (TestServer server = serverThatSeesCertificates()) {
      assertEquals("", ask(server, naming(false), Optional.empty()));
      assertEquals(serial(store), seen.remove());

      Path otherCertificate = pem("CERTIFICATE", other.getCertificate("one").getEncoded());
      Path otherKey = pem("PRIVATE KEY", other.getKey("one", PASSWORD).getEncoded());
      Files.move(otherCertificate, certificate, StandardCopyOption.REPLACE_EXISTING);
      rig.sockets().use(files);
      String reason = ask(server, naming(false), Optional.empty());
      assertFalse(reason.isEmpty(), "the certificate is there, and not its key");

      Files.move(otherKey, key, StandardCopyOption.REPLACE_EXISTING);
      rig.sockets().use(files);
      assertEquals("", ask(server, naming(false), Optional.empty()));
      assertEquals(serial(other), seen.remove());
      assertEquals(0, seen.size());

      rig.sockets().use(TlsFiles.NONE);
      assertEquals("", ask(server, naming(false), Optional.empty()));
      assertEquals("none", seen.remove());
    }
  }

  private static String serial(KeyStore one) throws Exception {
    return ((X509Certificate) one.getCertificate("one")).getSerialNumber().toString();
  }

  /** It asks for a certificate, takes any, and tells the serial number of the one it was shown. */
  private TestServer serverThatSeesCertificates() throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(
        keys.getKeyManagers(), InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
    return TestServer.of(
        trusting.getServerSocketFactory(),
        connection -> {
          SSLSocket socket = (SSLSocket) connection;
          socket.setWantClientAuth(true);
          socket.startHandshake();
          socket.getInputStream().read(new byte[4096]);
          seen.add(shown(socket.getSession()));
          socket.getOutputStream().write(OK.getBytes(StandardCharsets.US_ASCII));
        });
  }

  private static String shown(SSLSession session) {
    try {
      return ((X509Certificate) session.getPeerCertificates()[0]).getSerialNumber().toString();
    } catch (SSLPeerUnverifiedException none) {
      return "none";
    }
  }

  /** COMPAT: no server goes because of an authority that does not know it, or cannot be read. */
  @Test
  void anAuthorityChangesNothing() throws Exception {
    Path file = pem("CERTIFICATE", other.getCertificate("one").getEncoded());
    try (TestServer server = server("TLSv1.3", false)) {
      for (Path authority : List.of(file, directory.resolve("missing.pem"))) {
        rig.close();
        rig = new AskingRig(authority(authority));
        assertEquals("", ask(server, naming(false), Optional.empty()));
      }
    }
  }

  private static TlsFiles authority(Path file) {
    return new TlsFiles(
        Optional.of(file.toString()), Optional.empty(), Optional.empty(), Optional.empty());
  }

  @Test
  void filesThatCannotBeUsedAreNamed() throws Exception {
    rig.close();
    rig =
        new AskingRig(
            new TlsFiles(
                Optional.empty(),
                Optional.of(directory.resolve("missing.pem").toString()),
                Optional.empty(),
                Optional.empty()));
    try (TestServer server = server("TLSv1.3", false)) {
      String reason = ask(server, naming(false), Optional.empty());
      assertTrue(reason.contains("missing.pem"), reason);
    }
  }

  private static Path pem(String kind, byte[] bytes) throws IOException {
    return Files.writeString(
        Files.createTempFile(directory, "file", ".pem"),
        "-----BEGIN "
            + kind
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
            + "\n-----END "
            + kind
            + "-----\n");
  }
}
