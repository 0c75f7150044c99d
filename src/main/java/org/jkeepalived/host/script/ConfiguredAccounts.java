package org.jkeepalived.host.script;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.Fifo;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.ScriptTracker;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.MiscCheck;
import org.jkeepalived.model.lvs.RealServer;
import org.jkeepalived.model.lvs.VirtualServer;

/** Whom a configuration's scripts run as. */
public final class ConfiguredAccounts {

  private final Set<Account> accounts = new LinkedHashSet<>();

  private ConfiguredAccounts() {}

  /** Each account once; none if there is no script at all. */
  public static Set<Account> of(Configuration configuration) {
    ConfiguredAccounts all = new ConfiguredAccounts();
    for (ScriptTracker tracker : configuration.trackers().scripts()) {
      all.add(tracker.command());
    }
    for (VrrpInstance instance : configuration.instances()) {
      all.addNotifying(instance.notifications());
    }
    for (SyncGroup group : configuration.groups()) {
      all.addNotifying(group.notifications());
    }
    for (VirtualServer service : configuration.director().servers()) {
      all.add(service.quorum().up());
      all.add(service.quorum().down());
      service.servers().forEach(all::addServer);
    }
    all.add(configuration.reporting().all().flatMap(Fifo::script));
    all.add(configuration.reporting().vrrp().flatMap(Fifo::script));
    all.add(configuration.reporting().lvs().flatMap(Fifo::script));
    all.add(configuration.life().startup());
    all.add(configuration.life().shutdown());
    return all.accounts;
  }

  private void addNotifying(Notifications notifications) {
    notifications.scripts().values().forEach(this::add);
  }

  private void addServer(RealServer server) {
    add(server.tidings().up());
    add(server.tidings().down());
    for (Check check : server.checks()) {
      if (check instanceof MiscCheck script) {
        add(script.command());
      }
    }
  }

  private void add(Optional<Command> command) {
    command.ifPresent(this::add);
  }

  private void add(Command command) {
    accounts.add(command.account());
  }
}
