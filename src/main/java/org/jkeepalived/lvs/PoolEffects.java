package org.jkeepalived.lvs;

import java.net.InetAddress;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.lvs.check.CheckedServer;
import org.jkeepalived.lvs.check.RunningCheck;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.VirtualService;
import org.jkeepalived.notify.LvsEvent;
import org.jkeepalived.time.TimerQueue;

/** What a pool wants done. Nothing here may block or throw. */
interface PoolEffects {

  /** The clock of the thread that pools live on. */
  long nowNanos();

  /** The addresses that this machine has, as far as that is known. */
  Set<InetAddress> addresses();

  /** The timers of that thread. */
  TimerQueue timers();

  /** Says a line of keepalived's. */
  void log(String line);

  /** Tells what has happened, once the kernel's table says so, too. */
  void happened(LvsEvent event);

  /** What the table is to hold for the pool has changed, perhaps. */
  void changed(ServerPool pool);

  /** The mark of a group's packets; empty where each address is a service of its own. */
  OptionalLong markOf(VirtualService service);

  /** The weight that the operator wishes a server to have that begins; empty for no wish. */
  OptionalLong wished(CheckedServer server);

  /** Makes a check; see {@link RunningCheck.Maker}. */
  RunningCheck check(CheckedServer server, Check check, boolean up, RunningCheck.Listener listener);
}
