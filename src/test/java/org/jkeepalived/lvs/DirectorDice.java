package org.jkeepalived.lvs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.dice.Dice;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.Balancing;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.model.lvs.CheckSchedule;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.Forwarding;
import org.jkeepalived.model.lvs.Persistence;
import org.jkeepalived.model.lvs.Protocol;
import org.jkeepalived.model.lvs.Quorum;
import org.jkeepalived.model.lvs.RealServer;
import org.jkeepalived.model.lvs.Scheduler;
import org.jkeepalived.model.lvs.ServerAddress;
import org.jkeepalived.model.lvs.ServerConduct;
import org.jkeepalived.model.lvs.ServerGroup;
import org.jkeepalived.model.lvs.TableSettings;
import org.jkeepalived.model.lvs.TableSettings.Timeouts;
import org.jkeepalived.model.lvs.TcpCheck;
import org.jkeepalived.model.lvs.TlsFiles;
import org.jkeepalived.model.lvs.VirtualServer;
import org.jkeepalived.model.lvs.VirtualServer.Conduct;
import org.jkeepalived.model.lvs.VirtualServer.SorryServer;
import org.jkeepalived.model.lvs.VirtualService;

/** Draws configurations of directors, and others that differ from them a little. */
final class DirectorDice {

  private static final int SERVICES = 6;
  private static final int SERVERS = 4;

  private final Dice dice;

  DirectorDice(Dice dice) {
    this.dice = dice;
  }

  static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  static ServerAddress at(String address, int port) {
    return new ServerAddress(address(address), port);
  }

  /** Any configuration. */
  Director director() {
    Map<String, VirtualServer> servers = new LinkedHashMap<>();
    int count = dice.between(0, SERVICES);
    for (int i = 0; i < count; i++) {
      VirtualServer server = server(service());
      servers.putIfAbsent(server.service().text(), server);
    }
    return director(servers.values().stream().toList(), timeouts());
  }

  private static Director director(List<VirtualServer> servers, Timeouts timeouts) {
    TableSettings standard = TableSettings.STANDARD;
    return new Director(
        servers,
        TlsFiles.NONE,
        new TableSettings(
            true,
            timeouts,
            standard.flushedAtStart(),
            standard.atStop(),
            standard.comparisonNanos()),
        false);
  }

  private Timeouts timeouts() {
    return dice.flip() ? Timeouts.KERNEL : new Timeouts(timeout(), timeout(), timeout());
  }

  private OptionalInt timeout() {
    return dice.flip() ? OptionalInt.empty() : OptionalInt.of(dice.of(0, 60, 900));
  }

  /** One in which a little is different; perhaps nothing. */
  Director like(Director before) {
    List<VirtualServer> servers = new ArrayList<>(before.servers());
    int index = servers.isEmpty() ? 0 : dice.below(servers.size());
    Timeouts timeouts = dice.below(4) == 0 ? timeouts() : before.table().timeouts();
    switch (dice.below(5)) {
      case 0 -> {
        VirtualServer fresh = server(service());
        servers.removeIf(one -> one.service().text().equals(fresh.service().text()));
        servers.add(dice.between(0, servers.size()), fresh);
      }
      case 1 -> {
        if (!servers.isEmpty()) {
          servers.remove(index);
        }
      }
      case 2 -> {
        if (!servers.isEmpty()) {
          servers.set(index, server(servers.get(index).service()));
        }
      }
      case 3 -> {
        if (!servers.isEmpty()) {
          servers.set(index, changed(servers.get(index)));
        }
      }
      default -> {}
    }
    return director(servers, timeouts);
  }

  private VirtualServer changed(VirtualServer before) {
    List<RealServer> servers = new ArrayList<>(before.servers());
    int index = dice.below(servers.size());
    RealServer old = servers.get(index);
    RealServer other = realServer(old.address(), before.conduct().alpha());
    servers.set(
        index,
        dice.flip()
            ? other
            : new RealServer(
                old.address(),
                other.load(),
                old.forwarding(),
                old.conduct(),
                old.tidings(),
                old.checks()));
    return new VirtualServer(
        before.service(),
        before.balancing(),
        quorum(servers),
        dice.below(3) == 0 ? suspendedOrNot(before.conduct()) : before.conduct(),
        servers,
        dice.flip() ? before.sorry() : sorry());
  }

  private static Conduct suspendedOrNot(Conduct before) {
    return new Conduct(
        before.servers(),
        before.omega(),
        !before.suspended(),
        before.slowStartNanos(),
        before.mail(),
        before.snmpName());
  }

  /** Which addresses a machine has: some of its services', and some that are nobody's. */
  Set<InetAddress> addresses() {
    Set<InetAddress> present = new LinkedHashSet<>();
    for (String text : List.of("10.9.0.1", "10.9.0.101", "10.9.0.102", "10.9.1.0", "10.9.0.255")) {
      if (dice.flip()) {
        present.add(address(text));
      }
    }
    return present;
  }

  private VirtualService service() {
    Protocol protocol = dice.of(Protocol.TCP, Protocol.UDP);
    return switch (dice.below(4)) {
      case 0 ->
          new VirtualService.ByMark(
              dice.between(1, 2), dice.of(AddressFamily.IPV4, AddressFamily.IPV6));
      case 1 ->
          new VirtualService.ByGroup(
              new ServerGroup(
                  dice.of("web", "mail"),
                  List.of(
                      new ServerGroup.Range(address("10.9.0.101"), dice.between(1, 3), 80),
                      new ServerGroup.Range(
                          address("10.9.0.255"), dice.between(1, 3), dice.of(80, 443))),
                  dice.flip()
                      ? List.of()
                      : List.of(new ServerGroup.Mark(dice.between(1, 9), Optional.empty()))),
              protocol,
              AddressFamily.IPV4);
      default ->
          new VirtualService.ByAddress(
              at(dice.of("10.9.0.101", "10.9.0.102", "10.9.1.0"), dice.of(80, 443)), protocol);
    };
  }

  private VirtualServer server(VirtualService service) {
    boolean alpha = dice.below(4) == 0;
    List<RealServer> servers = new ArrayList<>();
    int first = dice.between(1, SERVERS);
    for (int i = first; i <= SERVERS; i++) {
      servers.add(realServer(at("10.9.0.1" + i, dice.of(80, 8080)), alpha));
    }
    return new VirtualServer(
        service,
        new Balancing(
            dice.of(Scheduler.RR, Scheduler.WLC, Scheduler.SH),
            dice.below(8),
            dice.below(8) == 0,
            dice.flip()
                ? Optional.empty()
                : Optional.of(
                    new Persistence(dice.between(1, 400), OptionalLong.empty(), Optional.empty())),
            Forwarding.NAT),
        quorum(servers),
        new Conduct(
            ServerConduct.of(alpha, false),
            dice.flip(),
            dice.below(3) == 0,
            dice.of(0L, 700_000_000L, 10_000_000_000L),
            dice.flip(),
            Optional.empty()),
        servers,
        sorry());
  }

  private Quorum quorum(List<RealServer> servers) {
    long sum = servers.stream().mapToLong(server -> server.load().weight()).sum();
    long weight = sum == 0 ? 0 : dice.between(1, sum);
    long hysteresis = weight == 0 ? 0 : dice.between(0, weight - 1);
    return new Quorum(weight, hysteresis, Optional.empty(), Optional.empty());
  }

  private Optional<SorryServer> sorry() {
    return dice.flip()
        ? Optional.empty()
        : Optional.of(
            new SorryServer(
                at(dice.of("10.9.0.99", "10.9.0.98"), 80), forwarding(), dice.below(3) == 0));
  }

  private Forwarding forwarding() {
    return dice.of(Forwarding.NAT, new Forwarding(Forwarding.Method.DR, Optional.empty()));
  }

  private RealServer realServer(ServerAddress address, boolean alpha) {
    List<Check> checks = new ArrayList<>();
    int count = dice.of(0, 1, 1, 1, 2, 3);
    for (int i = 0; i < count; i++) {
      checks.add(check(address.withPort(dice.between(1, 4)), alpha));
    }
    return new RealServer(
        address,
        new RealServer.Load(dice.of(0, 1, 1, 3, 100), dice.below(3), 0),
        forwarding(),
        ServerConduct.of(alpha, dice.below(3) == 0),
        new RealServer.Tidings(
            Optional.empty(), Optional.empty(), dice.flip(), dice.flip(), Optional.empty()),
        checks);
  }

  private static Check check(ServerAddress target, boolean alpha) {
    long second = 1_000_000_000L;
    return new TcpCheck(
        new CheckSchedule(second, 0, 1, second, alpha, false),
        new CheckConnection(target, Optional.empty(), 0, Optional.empty(), 0, second));
  }
}
