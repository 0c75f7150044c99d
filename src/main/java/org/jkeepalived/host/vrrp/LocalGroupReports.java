package org.jkeepalived.host.vrrp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code disable_local_igmp}: the kernel's setting whether it reports to routers that it listens to
 * groups of 224.0.0.0/24, which switches forward anyway (RFC 4541). It is put back as it was when
 * nobody wants it any more. Lives on the thread for what may wait.
 */
final class LocalGroupReports implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LocalGroupReports.class);

  static final Path KERNEL = Path.of("/proc/sys/net/ipv4/igmp_link_local_mcast_reports");

  private static final String ON = "1";
  private static final String OFF = "0";

  private final Path setting;
  private boolean changed;

  /**
   * @param setting the kernel's file
   */
  LocalGroupReports(Path setting) {
    this.setting = setting;
  }

  /** Has it off, or as it was. */
  void become(boolean silent) {
    if (silent == changed) {
      return;
    }
    try {
      if (silent && !read().equals(OFF)) {
        Files.writeString(setting, OFF);
        changed = true;
      } else if (!silent) {
        changed = false;
        if (read().equals(OFF)) {
          Files.writeString(setting, ON);
        }
      }
    } catch (NoSuchFileException e) {
      LOG.warn("disable_local_igmp needs Linux 4.3: there is no {}", setting);
    } catch (IOException e) {
      LOG.warn("disable_local_igmp: cannot write {}: {}", setting, e.toString());
    }
  }

  private String read() throws IOException {
    return Files.readString(setting).strip();
  }

  @Override
  public void close() {
    become(false);
  }
}
