package org.jkeepalived.lvs.check;

import java.nio.charset.StandardCharsets;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.HttpCheck;
import org.jkeepalived.model.lvs.HttpUrl;
import org.jkeepalived.model.lvs.ServerAddress;

/**
 * What is sent to a server of HTTP.
 *
 * <p>COMPAT: byte for byte what keepalived 2.4 sends. The path and the virtual host go as they are
 * written; without a virtual host the address and always the port are told.
 */
final class HttpRequestText {

  private HttpRequestText() {}

  static byte[] of(HttpCheck check, HttpUrl url) {
    String version = check.version() == HttpCheck.Version.HTTP_1_0 ? "1.0" : "1.1";
    String close = check.version() == HttpCheck.Version.HTTP_1_0 ? "" : "Connection: close\r\n";
    String host = url.virtualHost().orElseGet(() -> host(check.connection().target()));
    String text =
        "GET "
            + url.path()
            + " HTTP/"
            + version
            + "\r\nUser-Agent: KeepAliveClient\r\n"
            + close
            + "Host: "
            + host
            + "\r\n\r\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String host(ServerAddress target) {
    String address =
        target.family() == AddressFamily.IPV6
            ? "[" + target.addressText() + "]"
            : target.addressText();
    return address + ":" + target.port();
  }
}
