package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.config.grammar.TimingDraft.Timed;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.Forwarding;
import org.jkeepalived.model.lvs.Protocol;
import org.jkeepalived.model.lvs.Scheduler;
import org.jkeepalived.model.lvs.ServerAddress;

/** What has been read of one virtual server. */
final class VirtualServerDraft implements Timed {

  /** What it was named by: one of the three is there. */
  record Head(
      Token place, Optional<ServerAddress> address, OptionalLong mark, Optional<String> group) {}

  /** What has been read of its sorry server. */
  static final class SorryDraft {
    final ServerAddress address;
    Optional<Forwarding> forwarding = Optional.empty();
    boolean inhibited;

    SorryDraft(ServerAddress address) {
      this.address = address;
    }
  }

  final Head head;

  /** What has been read so far of what its checks may track. */
  final TrackersDraft trackers;

  private final TimingDraft timing = new TimingDraft();

  /** Known from the address, or from the first that tells it. */
  Optional<AddressFamily> family;

  Optional<Protocol> protocol = Optional.empty();
  Optional<Scheduler> scheduler = Optional.empty();
  int schedulerFlags;
  boolean onePacket;
  Optional<Forwarding> forwarding = Optional.empty();

  Optional<Integer> persistenceSeconds = Optional.empty();
  OptionalLong persistenceGranularity = OptionalLong.empty();
  Optional<String> persistenceEngine = Optional.empty();

  boolean alpha;
  boolean omega;
  boolean suspended;
  boolean inhibited;
  Optional<Boolean> mail = Optional.empty();
  Optional<String> virtualHost = Optional.empty();
  Optional<String> snmpName = Optional.empty();

  long quorum = 1;
  long hysteresis;
  Optional<CommandStatement> quorumUp = Optional.empty();
  Optional<CommandStatement> quorumDown = Optional.empty();

  int weight = 1;
  final List<RealServerDraft> servers = new ArrayList<>();
  Optional<SorryDraft> sorry = Optional.empty();

  VirtualServerDraft(Head head, TrackersDraft trackers) {
    this.head = head;
    this.trackers = trackers;
    this.family = head.address().map(ServerAddress::family);
  }

  @Override
  public TimingDraft timing() {
    return timing;
  }

  /** As keepalived writes it. */
  @Override
  public String name() {
    return head.address()
        .map(address -> address.text(protocolText()))
        .or(() -> head.group().map(group -> "[" + group + "]:0"))
        .orElseGet(() -> "FWM " + head.mark().orElse(0));
  }

  /** The protocol, as it stands in the names of its servers. */
  String protocolText() {
    return protocol.map(Protocol::text).orElse("none");
  }

  /** Whether a server of that family can be reached that way; the first one decides. */
  boolean takes(AddressFamily other, Optional<Forwarding> itsOwn) {
    boolean tunnelled =
        itsOwn
            .or(() -> forwarding)
            .filter(one -> one.method() == Forwarding.Method.TUN)
            .isPresent();
    if (tunnelled) {
      return true;
    }
    if (family.isEmpty()) {
      family = Optional.of(other);
    }
    return family.get() == other;
  }
}
