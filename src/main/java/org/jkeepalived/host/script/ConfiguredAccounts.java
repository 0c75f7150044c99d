package org.jkeepalived.host.script;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.Fifo;
import org.jkeepalived.model.LifeScripts;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.Reporting;
import org.jkeepalived.model.ScriptTracker;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.MiscCheck;
import org.jkeepalived.model.lvs.RealServer;

/** Whom a configuration's scripts run as. */
public final class ConfiguredAccounts {

  private ConfiguredAccounts() {}

  /** Each account once; none if there is no script at all. */
  public static Set<Account> of(Configuration configuration) {
    Stream<Command> notifying =
        Stream.concat(
                configuration.instances().stream().map(VrrpInstance::notifications),
                configuration.groups().stream().map(SyncGroup::notifications))
            .map(Notifications::scripts)
            .flatMap(scripts -> scripts.values().stream());
    Stream<Command> checking =
        configuration.trackers().scripts().stream().map(ScriptTracker::command);
    Reporting reporting = configuration.reporting();
    Stream<Command> reading =
        Stream.of(reporting.all(), reporting.vrrp(), reporting.lvs())
            .flatMap(Optional::stream)
            .map(Fifo::script)
            .flatMap(Optional::stream);
    LifeScripts life = configuration.life();
    Stream<Command> framing = Stream.of(life.startup(), life.shutdown()).flatMap(Optional::stream);
    Collection<Account> accounts =
        Stream.of(checking, notifying, balancing(configuration.director()), reading, framing)
            .flatMap(each -> each)
            .map(Command::account)
            .toList();
    return new LinkedHashSet<>(accounts);
  }

  private static Stream<Command> balancing(Director director) {
    return director.servers().stream()
        .flatMap(
            service ->
                Stream.concat(
                    Stream.of(service.quorum().up(), service.quorum().down())
                        .flatMap(Optional::stream),
                    service.servers().stream().flatMap(ConfiguredAccounts::ofServer)));
  }

  private static Stream<Command> ofServer(RealServer server) {
    Stream<Command> notifying =
        Stream.of(server.tidings().up(), server.tidings().down()).flatMap(Optional::stream);
    Stream<Command> checking =
        server.checks().stream()
            .filter(MiscCheck.class::isInstance)
            .map(MiscCheck.class::cast)
            .map(MiscCheck::command);
    return Stream.concat(notifying, checking);
  }
}
