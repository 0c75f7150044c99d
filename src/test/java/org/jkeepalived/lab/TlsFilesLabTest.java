package org.jkeepalived.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Certificates that {@code SSL_GET} shows: exchanged under their names, and read by a reload. */
@Lab
final class TlsFilesLabTest {

  private static final String NGINX =
      """
      daemon off;
      master_process off;
      user root;
      pid DIR/pid;
      error_log DIR/error.log;
      events { }
      http {
        log_format shown "$ssl_client_s_dn.";
        access_log DIR/shown shown;
        server {
          listen 8443 ssl;
          ssl_certificate DIR/first.pem;
          ssl_certificate_key DIR/first.key;
          ssl_verify_client optional_no_ca;
          location / { return 200 fine; }
        }
      }
      """;

  private static final String CONFIGURATION =
      """
      SSL {
          certificate /etc/keepalived/shown.pem
          key /etc/keepalived/shown.key
          ca /etc/keepalived/shown.pem
      }
      virtual_server 192.168.32.200 443 {
          delay_loop 1
          warmup 0
          lvs_sched rr
          lvs_method NAT
          protocol TCP
          real_server 192.168.32.1 8443 {
              SSL_GET {
                  url {
                      path /
                      status_code 200
                  }
              }
          }
      }
      """;

  @Test
  void filesThatWereExchangedAreShownAfterAReload() throws IOException {
    try (Cluster cluster = Cluster.open()) {
      Node node = cluster.addNode("k1", "eth0", "192.168.32.1/24");
      for (String name : List.of("first", "second")) {
        make(node, name);
      }
      node.write("etc/nginx.conf", NGINX.replace("DIR", node.directory() + "/etc"));
      node.start(
          ProcessBuilder.Redirect.to(node.directory().resolve("nginx.log").toFile()),
          "nginx",
          "-e",
          "stderr",
          "-c",
          node.directory() + "/etc/nginx.conf");
      show(node, "first");
      StartedDaemon daemon = node.start(DaemonKind.JKEEPALIVED, CONFIGURATION);
      awaitShown(node, "CN=first.\n");

      show(node, "second");
      daemon.signal("HUP");
      awaitShown(node, "CN=second.\n");
      awaitShown(node, "CN=second.\nCN=second.\n");
      daemon.stop();
    }
  }

  private static void make(Node node, String name) {
    String file = node.directory() + "/etc/" + name;
    Shell.run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=" + name,
        "-days",
        "1",
        "-keyout",
        file + ".key",
        "-out",
        file + ".pem");
  }

  private static void show(Node node, String name) throws IOException {
    for (String ending : List.of(".pem", ".key")) {
      Path etc = node.directory().resolve("etc");
      Files.copy(
          etc.resolve(name + ending),
          etc.resolve("shown" + ending),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** What was shown last. */
  private static void awaitShown(Node node, String last) {
    Await.until(
        last.strip() + " is shown",
        () -> {
          node.requireDaemons();
          return node.read("etc/shown").endsWith(last);
        },
        node::evidence);
  }
}
