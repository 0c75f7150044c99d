package org.jkeepalived.host.lvs;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jkeepalived.lvs.mark.MarkTableName;
import org.jkeepalived.lvs.sync.SyncDaemons;
import org.jkeepalived.lvs.sync.SyncRole;
import org.jkeepalived.lvs.table.IpvsTable;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.model.ReceiveBuffer;

/** The way to the kernel's table, or to what stands for it. Callable from any thread. */
public interface TableAccess {

  /**
   * A way to the table.
   *
   * @param home where answers go
   */
  IpvsTable table(Executor home);

  /**
   * A way to the sync daemons beside the table; empty where they are nobody's here.
   *
   * @param home where answers go
   */
  Optional<SyncDaemons> syncDaemons(Executor home);

  /** The sync daemons that an earlier run has left running. */
  Set<SyncRole> syncLeftBehind();

  /** The services that an earlier run has left there. */
  Set<ServiceKey> leftBehind();

  /**
   * Has nftables' tables removed that an earlier run has left, before anything that is asked for
   * later.
   *
   * @param kept those that will be replaced
   */
  void removeLeftTables(Set<MarkTableName> kept);

  /**
   * Runs a step each time that a table comes where there was none.
   *
   * @param home where the step runs
   */
  void whenItComes(Executor home, Runnable step);

  /**
   * How much of what the kernel answers may wait to be read from now on.
   *
   * @param room never less than it takes by itself
   */
  void makeRoom(ReceiveBuffer room);

  /** Has the thread that writes the table do something of its own; nothing where there is none. */
  void onItsThread(Runnable step);

  /**
   * Ends, once everything that was asked for is done; waits for it, but not for ever.
   *
   * @param millis how long to wait, at least 1
   */
  void close(long millis);
}
