package org.jkeepalived.host.vrrp;

import java.nio.file.Path;

/** Where a daemon writes down its addresses: under /run, one file for each pid file. */
public final class AddressJournalPath {

  private static final Path DIRECTORY = Path.of("/run/jkeepalived");

  private AddressJournalPath() {}

  public static Path of(Path pidFile) {
    String name = pidFile.toAbsolutePath().normalize().toString().replace('/', '-').substring(1);
    return DIRECTORY.resolve(name + ".addresses");
  }
}
