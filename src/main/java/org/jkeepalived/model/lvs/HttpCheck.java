package org.jkeepalived.model.lvs;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code HTTP_GET} and {@code SSL_GET}: all urls answer what is wanted.
 *
 * @param fastRecovery after a failure the urls are asked without a pause between them
 * @param tls how it is encrypted; empty with {@code HTTP_GET}
 * @param urls at least one
 */
public record HttpCheck(
    CheckSchedule schedule,
    CheckConnection connection,
    Version version,
    boolean fastRecovery,
    Optional<Tls> tls,
    List<HttpUrl> urls)
    implements Check {
  public HttpCheck {
    Objects.requireNonNull(schedule);
    Objects.requireNonNull(connection);
    Objects.requireNonNull(version);
    Objects.requireNonNull(tls);
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("nothing to ask for");
    }
  }

  /** Which HTTP is spoken. */
  public enum Version {
    HTTP_1_0("1.0"),
    /** 1.0 with {@code Connection: close}. */
    HTTP_1_0C("1.0C"),
    HTTP_1_1("1.1");

    private final String text;

    Version(String text) {
      this.text = text;
    }

    /** As it is written in a configuration. */
    public String text() {
      return text;
    }
  }

  /**
   * The encrypted connection.
   *
   * @param namesServer {@code enable_sni}: the virtual host is told in the handshake
   * @param serverName {@code sni_name}: this is told instead, in any case
   * @param compliant {@code tls_compliant}: it is closed with a close_notify
   */
  public record Tls(boolean namesServer, Optional<String> serverName, boolean compliant) {
    public Tls {
      Objects.requireNonNull(serverName);
    }
  }
}
