package org.jkeepalived.config;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Announcements;
import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.model.Unicast;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;

/**
 * The lines of keepalived's configuration dump that the model can tell, to compare with its own.
 */
final class TopologyText {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  static List<String> of(VrrpInstance instance) {
    List<String> lines = new ArrayList<>();
    VrrpInstance.Protocol protocol = instance.protocol();
    VrrpInstance.Conduct conduct = instance.conduct();
    Announcements garp = instance.announcements();
    lines.add("VRRP Version = " + protocol.version());
    if (instance.key().family() == AddressFamily.IPV6) {
      lines.add("Using Native IPv6");
    }
    lines.add("Wantstate = " + (instance.election().initialMaster() ? "MASTER" : "BACKUP"));
    lines.add(
        "Interface = "
            + instance.device()
            + instance
                .links()
                .speaking()
                .map(own -> (own.isMacvlan() ? ", vmac on " : ", ipvlan on ") + own.base())
                .orElse("")
            + (instance.links().transmitsOnBase() ? ", xmit base i/f" : ""));
    if (conduct.strict()) {
      lines.add("Enforcing strict VRRP compliance");
    }
    if (conduct.skipCheckAddresses()) {
      lines.add("Skip checking advert IP addresses");
    }
    protocol
        .source()
        .ifPresent(
            source ->
                lines.add("Using src_ip = " + NumericAddress.of(source) + " (from configuration)"));
    instance
        .key()
        .group()
        .ifPresent(group -> lines.add("Multicast address " + NumericAddress.of(group)));
    if (instance.key().isUnicast()) {
      lines.add("Unicast TTL = " + protocol.unicast().hopLimit());
      lines.add("Check unicast src : " + (protocol.unicast().checkSource() ? "yes" : "no"));
      lines.add(
          "Unicast checksum compatibility = "
              + switch (protocol.unicast().oldChecksum().use()) {
                case AUTO -> "no";
                case ALWAYS -> "config";
                case NEVER -> "never";
              });
      lines.add("Unicast Peer :");
      for (Unicast.Peer peer : protocol.unicast().peers()) {
        lines.add(
            NumericAddress.of(peer.address())
                + " min_ttl "
                + peer.minHopLimit()
                + " max_ttl "
                + peer.maxHopLimit());
      }
    }
    lines.add("Gratuitous ARP delay = " + garp.delayNanos() / NANOS_PER_SECOND);
    lines.add("Gratuitous ARP repeat = " + garp.repeat());
    lines.add("Gratuitous ARP refresh = " + garp.refreshNanos() / NANOS_PER_SECOND);
    lines.add("Gratuitous ARP refresh repeat = " + garp.refreshRepeat());
    lines.add(
        "Gratuitous ARP lower priority delay = "
            + garp.lowerPriorityDelayNanos() / NANOS_PER_SECOND);
    lines.add("Gratuitous ARP lower priority repeat = " + garp.lowerPriorityRepeat());
    if (instance.announcesOnOtherLinks()) {
      lines.add(
          "Gratuitous ARP for each secondary i/f = "
              + garp.otherLinks().refreshNanos() / NANOS_PER_SECOND);
    }
    lines.add("Down timer adverts = " + protocol.downTimerAdverts());
    lines.add(
        "Send advert after receive lower priority advert = " + !conduct.lowerPriorityNoAdvert());
    lines.add(
        "Send advert after receive higher priority advert = " + conduct.higherPrioritySendAdvert());
    lines.add("Virtual Router ID = " + instance.key().virtualRouterId());
    lines.add("Priority = " + instance.election().priority());
    lines.add(
        protocol.version() == 2
            ? "Advert interval = " + protocol.advertIntervalNanos() / NANOS_PER_SECOND + " sec"
            : "Advert interval = " + protocol.advertIntervalNanos() / 1_000_000 + " milli-sec");
    lines.add("Accept = " + (conduct.accept() ? "enabled" : "disabled"));
    lines.add("Preempt = " + (instance.election().preempt() ? "enabled" : "disabled"));
    if (instance.election().preemptDelayNanos() > 0) {
      double seconds = instance.election().preemptDelayNanos() / 1e9;
      BigDecimal sixDigits = new BigDecimal(seconds).round(new MathContext(6));
      lines.add("Preempt delay = " + sixDigits.stripTrailingZeros().toPlainString() + " secs");
    }
    lines.add(
        "Promote_secondaries = "
            + (instance.addresses().promoteSecondaries() ? "enabled" : "disabled"));
    if (protocol.version() == 2) {
      String type = protocol.authentication().type().toString();
      lines.add("Authentication type = " + (type.equals("NONE") ? "none" : type));
    }
    instance.addresses().advertised().forEach(address -> lines.add(of(address, instance)));
    instance.addresses().excluded().forEach(address -> lines.add(of(address, instance)));
    return lines;
  }

  private static String of(VirtualAddress address, VrrpInstance instance) {
    StringBuilder line = new StringBuilder(NumericAddress.of(address.address()));
    if (address.prefixLength() != AddressFamily.of(address.address()).bits()) {
      line.append('/').append(address.prefixLength());
    }
    address.broadcast().ifPresent(brd -> line.append(" brd ").append(NumericAddress.of(brd)));
    line.append(" dev ").append(address.device());
    instance.links().named(address.device()).ifPresent(own -> line.append('@').append(own.base()));
    if (!instance.links().everywhere()
        && instance.links().others().stream()
            .anyMatch(own -> own.name().equals(address.device()))) {
      line.append(" use_vmac");
    }
    line.append(" scope ").append(scope(address.scope()));
    address.label().ifPresent(label -> line.append(" label ").append(label));
    address
        .peer()
        .ifPresent(
            peer ->
                line.append(" peer ")
                    .append(NumericAddress.of(peer.address()))
                    .append('/')
                    .append(peer.prefixLength()));
    for (VirtualAddress.Flag flag : address.flags()) {
      String name = flag.name().toLowerCase(Locale.ROOT);
      line.append(' ').append(name.equals("nodad") ? "-nodad" : name);
    }
    if (!address.tracked()) {
      line.append(" no_track");
    }
    if (address.isIpv6()) {
      OptionalLong seconds = address.preferredLifetimeSeconds();
      line.append(
          seconds.isEmpty()
              ? " preferred_lft forever"
              : seconds.getAsLong() == 0 ? " deprecated" : " preferred_lft " + seconds.getAsLong());
    }
    return line.toString();
  }

  private static String scope(int number) {
    return switch (number) {
      case 0 -> "global";
      case 200 -> "site";
      case 253 -> "link";
      case 254 -> "host";
      case 255 -> "nowhere";
      default -> Integer.toString(number);
    };
  }

  private TopologyText() {}
}
