package org.jkeepalived.model.lvs;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
 * @param sync {@code lvs_sync_daemon}
 */
public record Director(
    List<VirtualServer> servers,
    TlsFiles tls,
    TableSettings table,
    boolean checksOnce,
    Optional<SyncDaemon> sync) {
  /** Nothing is balanced. */
  public static final Director NONE =
      new Director(List.of(), TlsFiles.NONE, TableSettings.STANDARD, false);

  public Director {
    servers = List.copyOf(servers);
    Objects.requireNonNull(tls);
    Objects.requireNonNull(table);
    Objects.requireNonNull(sync);
  }

  /** Other directors are told of no connections. */
  public Director(
      List<VirtualServer> servers, TlsFiles tls, TableSettings table, boolean checksOnce) {
    this(servers, tls, table, checksOnce, Optional.empty());
  }

  /** The sync daemon alone, if there is one. */
  public Director syncOnly() {
    return sync.isEmpty()
        ? NONE
        : new Director(List.of(), TlsFiles.NONE, table.empty(), false, sync);
  }

  /** All but the sync daemon. */
  public Director withoutSync() {
    return new Director(servers, tls, table, checksOnce);
  }

  /** Whether nothing is to be done; where a table would be written does not matter then. */
  public boolean isNothing() {
    return servers.isEmpty() && tls.isNone() && table.leavesAllAsItIs();
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
