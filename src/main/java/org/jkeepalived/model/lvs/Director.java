package org.jkeepalived.model.lvs;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jkeepalived.model.FileTracker;

/**
 * Everything that is to be balanced.
 *
 * @param servers the virtual servers, in the file's order
 * @param tls {@code SSL}
 * @param table what holds for the kernel's table as a whole
 * @param checksOnce real servers of one address that are to be asked in the same way are asked once
 *     for all of them
 */
public record Director(
    List<VirtualServer> servers, TlsFiles tls, TableSettings table, boolean checksOnce) {
  /** Nothing is balanced. */
  public static final Director NONE =
      new Director(List.of(), TlsFiles.NONE, TableSettings.STANDARD, false);

  public Director {
    servers = List.copyOf(servers);
    Objects.requireNonNull(tls);
    Objects.requireNonNull(table);
  }

  /** The files that checks of real servers go by, in the file's order; each once. */
  public List<FileTracker> checkedFiles() {
    return servers.stream()
        .flatMap(service -> service.servers().stream())
        .flatMap(server -> server.checks().stream())
        .flatMap(check -> check instanceof FileCheck one ? Stream.of(one.file()) : Stream.empty())
        .distinct()
        .toList();
  }
}
