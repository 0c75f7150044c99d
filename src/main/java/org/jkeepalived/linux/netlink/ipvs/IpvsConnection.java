package org.jkeepalived.linux.netlink.ipvs;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.Acknowledgement;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.linux.netlink.Netlink;
import org.jkeepalived.linux.netlink.NetlinkConnection;
import org.jkeepalived.linux.netlink.generic.GenericNetlink;
import org.jkeepalived.lvs.sync.RunningSync;
import org.jkeepalived.lvs.sync.SyncDaemons;
import org.jkeepalived.lvs.sync.SyncRole;
import org.jkeepalived.lvs.table.DestinationSettings;
import org.jkeepalived.lvs.table.IpvsTable.Reading;
import org.jkeepalived.lvs.table.KernelTable;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.ServiceSettings;
import org.jkeepalived.lvs.table.TableAnswer;
import org.jkeepalived.lvs.table.TableAnswer.Outcome;
import org.jkeepalived.lvs.table.TableChange;
import org.jkeepalived.lvs.table.TableService;
import org.jkeepalived.model.lvs.Forwarding;
import org.jkeepalived.model.lvs.Protocol;
import org.jkeepalived.model.lvs.ServerAddress;
import org.jkeepalived.model.lvs.TableSettings.Timeouts;

/**
 * The kernel's IPVS, spoken to by generic netlink: hundreds of changes in a datagram, of which the
 * kernel answers those that it refuses, and the last. One thread at a time.
 *
 * <p>It blocks while the kernel loads the module of a scheduler.
 */
public final class IpvsConnection implements KernelTable {

  // the JVM compiles what was called 200 times
  private static final int WARM_UP_CHANGES = 512;

  private static final ServerAddress NO_SERVER =
      new ServerAddress(InetAddress.getLoopbackAddress(), 0);
  private static final ServiceKey NOWHERE = new ServiceKey.ByAddress(NO_SERVER, Protocol.TCP);
  private static final ServiceSettings PLAIN =
      new ServiceSettings("rr", 0, false, Optional.empty());
  private static final DestinationSettings NO_WEIGHT =
      new DestinationSettings(Forwarding.NAT, 0, 0, 0);

  private final NetlinkConnection connection;
  private final int family;
  private final ChangeMessage messages;
  private final Consumer<String> warnings;
  private boolean saidTunnelsArePlain;

  /** It has told of what kind a tunnel is. */
  private boolean knowsTunnelKinds;

  private IpvsConnection(NetlinkConnection connection, int family, Consumer<String> warnings) {
    this.connection = connection;
    this.family = family;
    this.warnings = warnings;
    messages = new ChangeMessage(family);
  }

  /**
   * Opens it in the network namespace of the calling thread. The kernel loads IPVS for it, if it
   * has it and may.
   *
   * @param receiveQueueBytes how much of the kernel's answers may wait to be read
   * @param warnings hears what this kernel does otherwise than asked, once each
   * @return empty if the kernel has no IPVS
   * @throws SystemCallException the kernel cannot be asked
   */
  public static Optional<IpvsConnection> open(int receiveQueueBytes, Consumer<String> warnings)
      throws SystemCallException {
    NetlinkConnection connection = GenericNetlink.open(receiveQueueBytes);
    try {
      Optional<IpvsConnection> opened = on(connection, warnings);
      if (opened.isEmpty()) {
        connection.close();
      }
      return opened;
    } catch (SystemCallException e) {
      connection.close();
      throw e;
    }
  }

  static Optional<IpvsConnection> on(NetlinkConnection connection, Consumer<String> warnings)
      throws SystemCallException {
    return GenericNetlink.resolve(connection, Ipvs.FAMILY)
        .map(family -> new IpvsConnection(connection, family, warnings));
  }

  /**
   * Has the way of many changes run once, before somebody waits for it: classes are loaded, and
   * what is done for each change is compiled. The kernel takes no notice of these: it acknowledges,
   * and does not read, a message that does not say that it is a request.
   */
  public void warmUp() {
    List<TableChange> changes = new ArrayList<>(WARM_UP_CHANGES);
    changes.add(new TableChange.AddService(NOWHERE, PLAIN));
    while (changes.size() < WARM_UP_CHANGES) {
      changes.add(new TableChange.AddDestination(NOWHERE, NO_SERVER, NO_WEIGHT));
    }
    execute(changes, true, 0);
  }

  /** IPVS gets another number each time that its module is loaded. */
  @Override
  public boolean isThere() {
    try {
      return GenericNetlink.resolve(connection, Ipvs.FAMILY)
          .filter(now -> now == family)
          .isPresent();
    } catch (SystemCallException e) {
      return false;
    }
  }

  @Override
  public List<TableAnswer> change(List<TableChange> changes) {
    List<TableAnswer> answers = execute(changes, true, Netlink.NLM_F_REQUEST);
    for (int i = 0; i < answers.size(); i++) {
      if (isRefusedTunnelKind(answers.get(i))) {
        answers.set(i, withoutTunnelKind(answers.get(i)));
      }
    }
    return answers;
  }

  /**
   * Tries it with a plain tunnel, unless this kernel knows kinds of tunnels: then it has another
   * reason to refuse, and a plain one would lead nowhere.
   */
  private TableAnswer withoutTunnelKind(TableAnswer refused) {
    TableChange change = refused.change();
    if (knowsTunnelKinds(change.service())) {
      return refused;
    }
    TableAnswer plain = execute(List.of(change), false, Netlink.NLM_F_REQUEST).get(0);
    if (plain.outcome() == Outcome.REFUSED) {
      return refused;
    }
    // what it does not say of no real server it may say of this one
    if (change instanceof TableChange.AddDestination add && knowsTunnelKinds(add.service())) {
      TableChange away = new TableChange.RemoveDestination(add.service(), add.address());
      execute(List.of(away), false, Netlink.NLM_F_REQUEST);
      return refused;
    }
    sayTunnelsArePlain();
    return plain;
  }

  private boolean knowsTunnelKinds(ServiceKey service) {
    if (!knowsTunnelKinds) {
      try {
        destinations(service);
      } catch (SystemCallException e) {
        return false;
      }
    }
    return knowsTunnelKinds;
  }

  private List<TableAnswer> execute(List<TableChange> changes, boolean tunnelKinds, int ownFlags) {
    List<Acknowledgement> acknowledgements =
        connection.executeTogether(
            changes.size(),
            (writer, index, flags, sequence) ->
                messages.write(
                    writer, changes.get(index), tunnelKinds, ownFlags | flags, sequence));
    List<TableAnswer> answers = new ArrayList<>(changes.size());
    for (int i = 0; i < changes.size(); i++) {
      answers.add(ChangeAnswer.of(changes.get(i), acknowledgements.get(i)));
    }
    return answers;
  }

  private static boolean isRefusedTunnelKind(TableAnswer answer) {
    if (answer.outcome() == Outcome.DONE) {
      return false;
    }
    int number = answer.error().map(KernelError::number).orElse(0);
    return (number == Errno.EINVAL || number == Errno.EOPNOTSUPP)
        && ChangeMessage.needsTunnelKind(answer.change());
  }

  private void sayTunnelsArePlain() {
    if (!saidTunnelsArePlain) {
      saidTunnelsArePlain = true;
      warnings.accept(
          "this kernel's IPVS knows no kinds of tunnels: all are ipip (GUE, GRE and checksums came"
              + " with Linux 5.3)");
    }
  }

  @Override
  public Reading read(BooleanSupplier hurried) {
    try {
      List<ServiceMessage> services =
          connection.dump(
              "read IPVS services",
              family,
              writer -> GenericNetlink.header(writer, Ipvs.CMD_GET_SERVICE, Ipvs.VERSION),
              ServiceMessage::decode);
      List<TableService> table = new ArrayList<>(services.size());
      for (ServiceMessage service : services) {
        if (hurried.getAsBoolean()) {
          return new Reading(List.of(), Optional.of(new KernelError(0, "given up")));
        }
        table.add(new TableService(service.key(), service.settings(), destinations(service.key())));
      }
      return new Reading(table, Optional.empty());
    } catch (SystemCallException e) {
      return new Reading(List.of(), Optional.of(told(e)));
    }
  }

  private Map<ServerAddress, DestinationSettings> destinations(ServiceKey service)
      throws SystemCallException {
    Map<ServerAddress, DestinationSettings> destinations = new LinkedHashMap<>();
    for (DestinationMessage each :
        connection.dump(
            "read real servers of " + service,
            family,
            writer -> {
              GenericNetlink.header(writer, Ipvs.CMD_GET_DEST, Ipvs.VERSION);
              ServiceMessage.writeKey(writer, service);
            },
            (MessageReader message) -> DestinationMessage.decode(message, service.family()))) {
      destinations.put(each.address(), each.settings());
      knowsTunnelKinds |= each.toldTunnel();
      if (messages.hasToldTunnelKinds() && each.isTunnelOfUnknownKind()) {
        sayTunnelsArePlain();
      }
    }
    return destinations;
  }

  @Override
  public Optional<KernelError> setTimeouts(Timeouts timeouts) {
    if (timeouts.equals(Timeouts.KERNEL)) {
      return Optional.empty();
    }
    return ask(
        "set IPVS timeouts",
        Ipvs.CMD_SET_CONFIG,
        writer -> {
          // all three must be there; 0 leaves one as it is
          timeout(writer, Ipvs.ATTR_TIMEOUT_TCP, timeouts.tcp());
          timeout(writer, Ipvs.ATTR_TIMEOUT_TCP_FIN, timeouts.tcpFin());
          timeout(writer, Ipvs.ATTR_TIMEOUT_UDP, timeouts.udp());
        });
  }

  private static void timeout(MessageWriter writer, int attribute, OptionalInt seconds) {
    writer.attributeU32(attribute, seconds.orElse(0));
  }

  @Override
  public Optional<KernelError> flush() {
    return ask("flush IPVS", Ipvs.CMD_FLUSH, writer -> {});
  }

  @Override
  public Optional<KernelError> startSync(RunningSync daemon) {
    return ask(
        "start a sync daemon", Ipvs.CMD_NEW_DAEMON, writer -> DaemonMessage.write(writer, daemon));
  }

  @Override
  public Optional<KernelError> stopSync(SyncRole role) {
    return ask(
            "stop a sync daemon",
            Ipvs.CMD_DEL_DAEMON,
            writer -> DaemonMessage.writeRole(writer, role))
        .filter(error -> error.number() != Errno.ESRCH);
  }

  @Override
  public SyncDaemons.Reading readSync() {
    try {
      return new SyncDaemons.Reading(
          connection.dump(
              "read sync daemons",
              family,
              writer -> GenericNetlink.header(writer, Ipvs.CMD_GET_DAEMON, Ipvs.VERSION),
              DaemonMessage::decode),
          Optional.empty());
    } catch (SystemCallException e) {
      return new SyncDaemons.Reading(List.of(), Optional.of(told(e)));
    }
  }

  private Optional<KernelError> ask(
      String operation, int command, Consumer<MessageWriter> attributes) {
    try {
      connection.ask(
          operation,
          family,
          writer -> attributes.accept(GenericNetlink.header(writer, command, Ipvs.VERSION)),
          message -> Optional.empty());
      return Optional.empty();
    } catch (SystemCallException e) {
      return Optional.of(told(e));
    }
  }

  private static KernelError told(SystemCallException e) {
    return new KernelError(e.error().errno(), ChangeAnswer.text(e.error()));
  }

  @Override
  public void close() {
    connection.close();
  }
}
