package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.routing.Route;
import org.jkeepalived.model.routing.RoutingRule;

/** What has been read of one {@code vrrp_instance}; what is empty has not been said. */
final class InstanceDraft implements Draft {

  /** The word to point at for what concerns the instance as a whole. */
  final Token place;

  private final String name;
  private final Map<String, Token> said = new HashMap<>();

  Optional<Boolean> initialMaster = Optional.empty();
  Optional<Token> interfaceName = Optional.empty();

  /** The VRF that the peers are reached through, where no link is named. */
  Optional<Token> vrf = Optional.empty();

  OptionalInt virtualRouterId = OptionalInt.empty();
  OptionalInt priority = OptionalInt.empty();
  Optional<Long> advertIntervalNanos = Optional.empty();
  Optional<InetAddress> source = Optional.empty();
  Optional<InetAddress> group = Optional.empty();

  final UnicastDraft unicast = new UnicastDraft();

  /** The links that it wants made. */
  final VirtualLinkDraft links = new VirtualLinkDraft();

  boolean preempt = true;
  long preemptDelayNanos;
  OptionalInt timerExpiredBackupPriority = OptionalInt.empty();

  /** {@code kernel_rx_buf_size}. */
  OptionalLong arrivalBytes = OptionalLong.empty();

  Optional<Boolean> accept = Optional.empty();

  /** What it says of that which {@code global_defs} may say, too. */
  final Settings settings = new Settings();

  Optional<AuthenticationType> authenticationType = Optional.empty();
  Optional<byte[]> password = Optional.empty();

  /** {@code auth_hmac}. */
  Optional<HmacKeywords.HmacDraft> hmac = Optional.empty();

  /** An instance has one: that of the first address it names. */
  Optional<AddressFamily> family = Optional.empty();

  final List<VirtualAddressLine.Result> addresses = new ArrayList<>();
  final List<VirtualAddressLine.Result> excluded = new ArrayList<>();
  boolean noAddressesWanted;
  boolean promoteSecondaries;

  final TrackingDraft tracking;
  boolean trackPrimaryLink = true;
  boolean trackSource;
  boolean linkPolled;

  /** {@code lvs_sync_daemon_interface}, an old spelling that is no matter of the instance. */
  final List<Statement> syncDaemons = new ArrayList<>();

  final NotificationsDraft notifications = new NotificationsDraft();

  /** What all lines of routes and rules go by. */
  final RoutingDraft routing;

  final List<Route> routes = new ArrayList<>();
  final List<RoutingRule> rules = new ArrayList<>();

  /** Whether a parameter is missing that nothing can stand in for. */
  boolean broken;

  /** The words without which the instance cannot be run as it was meant. */
  final List<Token> obstacles = new ArrayList<>();

  /** Whether something that it asks for is not there yet, so that it is not started. */
  boolean isHindered() {
    return !obstacles.isEmpty();
  }

  InstanceDraft(Token place, TrackersDraft trackers, RoutingDraft routing) {
    this.place = place;
    this.routing = routing;
    this.tracking = new TrackingDraft(trackers);
    this.name = place.text();
  }

  /** What {@code auth_type} may say. */
  enum AuthenticationType {
    PASS,
    AH
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void broken() {
    broken = true;
  }

  @Override
  public void saw(Token keyword) {
    said.put(keyword.text(), keyword);
  }

  /** The family that it speaks. */
  AddressFamily familyOrDefault() {
    return family.orElse(AddressFamily.IPV4);
  }

  /** Whether a line names that virtual address already, advertised or excluded. */
  boolean names(InetAddress address) {
    return Stream.concat(addresses.stream(), excluded.stream())
        .anyMatch(line -> line.address().address().equals(address));
  }

  /** Where a keyword stands, for remarks that concern it; the instance's name if nowhere. */
  Token placeOf(String keyword) {
    return said.getOrDefault(keyword, place);
  }
}
