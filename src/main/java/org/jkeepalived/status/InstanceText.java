package org.jkeepalived.status;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Announcements;
import org.jkeepalived.model.ArrivalRoom;
import org.jkeepalived.model.Authentication;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.model.OwnLinks;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VirtualLink;
import org.jkeepalived.model.VirtualLink.Ipvlan;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.routing.Routing;

/** One instance in the dump. */
final class InstanceText {

  /** In place of a password, however long: files and logs are read by more people than use it. */
  static final String HIDDEN = "********";

  private final RouterSnapshot router;
  private final VrrpInstance instance;
  private final Optional<String> group;
  private final CommandText commands;
  private final Consumer<String> lines;

  /**
   * @param group the name of its sync group
   */
  InstanceText(
      RouterSnapshot router, Optional<String> group, CommandText commands, Consumer<String> lines) {
    this.router = router;
    this.instance = router.instance();
    this.group = group;
    this.commands = commands;
    this.lines = lines;
  }

  /**
   * @param run how it is now; empty to tell only what is configured
   */
  void write(Optional<RunText> run) {
    lines.accept(" VRRP Instance = " + instance.name());
    line("VRRP Version = " + instance.protocol().version());
    if (instance.key().family() == AddressFamily.IPV6) {
      line("Using Native IPv6");
    }
    group.ifPresent(name -> line("Sync group = " + name));
    if (run.isPresent()) {
      run.get().state(router).forEach(this::line);
    } else {
      UnicastText.flags(instance, this::line);
      line("Wantstate = " + (instance.election().initialMaster() ? "MASTER" : "BACKUP"));
      line(UnicastText.configFaults(instance));
    }
    link(run);
    announcements();
    answers();
    priority(run);
    intervals(run);
    election();
    if (instance.protocol().version() == 2) {
      authentication();
    }
    ArrivalRoom room = instance.conduct().room();
    if (room.unit() == ArrivalRoom.Unit.OWN_BYTES) {
      line("Kernel rx buffer size = " + room.amount());
    }
    addresses(run);
    UnicastText.peers(router, this::line);
    run.ifPresent(known -> line(known.sockets(router)));
    routing();
    TrackedText.ofInstance(instance.tracking().things(), this::line);
    notifications();
  }

  private void line(String text) {
    lines.accept("   " + text);
  }

  private void link(Optional<RunText> run) {
    ownLinks(run);
    if (!instance.tracking().primaryLink()) {
      line("VRRP interface tracking disabled");
    }
    if (instance.conduct().strict()) {
      line("Enforcing strict VRRP compliance");
    }
    if (instance.conduct().skipCheckAddresses()) {
      line("Skip checking advert IP addresses");
    }
    line(
        instance
            .protocol()
            .source()
            .or(() -> ipvlan().flatMap(Ipvlan::address))
            .map(source -> "Using src_ip = " + NumericAddress.of(source) + " (from configuration)")
            .or(() -> router.source().map(source -> "Using src_ip = " + NumericAddress.of(source)))
            .orElse("Using src_ip = (none)"));
    // COMPAT: the link's number is told of IPv6 alone
    Optional<Integer> index =
        instance.key().family() == AddressFamily.IPV6
            ? run.flatMap(known -> known.linkIndex(router))
            : Optional.empty();
    instance
        .key()
        .group()
        .ifPresent(
            group ->
                line(
                    "Multicast address "
                        + NumericAddress.of(group)
                        + index.map(number -> ", ifindex " + number).orElse("")));
  }

  private void ownLinks(Optional<RunText> run) {
    OwnLinks links = instance.links();
    String base = instance.key().interfaceName();
    links
        .speaking()
        .ifPresent(
            own ->
                line(
                    (own.isMacvlan() ? "Use VMAC, i/f name " : "Use IPVLAN, i/f ")
                        + own.name()
                        + ", is_up = "
                        + run.filter(known -> known.isUsable(own.name())).isPresent()
                        + kind(own)));
    if (links.everywhere()) {
      line("Use VMAC for VIPs on other interfaces");
    }
    line(
        "Interface = "
            + (instance.key().isAnywhere() ? "(any)" : instance.device())
            + links
                .speaking()
                .map(own -> (own.isMacvlan() ? ", vmac on " : ", ipvlan on ") + base)
                .orElse("")
            + (links.transmitsOnBase() ? ", xmit base i/f" : ""));
  }

  private Optional<Ipvlan> ipvlan() {
    return instance
        .links()
        .speaking()
        .map(VirtualLink::nature)
        .filter(Ipvlan.class::isInstance)
        .map(Ipvlan.class::cast);
  }

  private String kind(VirtualLink own) {
    return own.nature() instanceof Ipvlan ipvlan
        ? ipvlan
                .address()
                .map(address -> ", i/f address = " + withPrefix(address, ipvlan.prefixLength()))
                .orElse("")
            + ", type "
            + ipvlan.mode().name().toLowerCase(Locale.ROOT)
        : ", xmit_base = " + instance.links().transmitsOnBase();
  }

  private static String withPrefix(InetAddress address, int bits) {
    boolean whole = bits == AddressFamily.of(address).bits();
    return NumericAddress.of(address) + (whole ? "" : "/" + bits);
  }

  private void announcements() {
    Announcements garp = instance.announcements();
    line("Gratuitous ARP delay = " + Durations.wholeSeconds(garp.delayNanos()));
    line("Gratuitous ARP repeat = " + garp.repeat());
    line("Gratuitous ARP refresh = " + Durations.wholeSeconds(garp.refreshNanos()));
    line("Gratuitous ARP refresh repeat = " + garp.refreshRepeat());
    line(
        "Gratuitous ARP lower priority delay = "
            + Durations.wholeSeconds(garp.lowerPriorityDelayNanos()));
    line("Gratuitous ARP lower priority repeat = " + garp.lowerPriorityRepeat());
    // COMPAT: said only where there are such links
    if (instance.announcesOnOtherLinks()) {
      line(
          "Gratuitous ARP for each secondary i/f = "
              + Durations.wholeSeconds(garp.otherLinks().refreshNanos()));
    }
  }

  private void answers() {
    VrrpInstance.Conduct conduct = instance.conduct();
    line("Down timer adverts = " + instance.protocol().downTimerAdverts());
    line("Send advert after receive lower priority advert = " + !conduct.lowerPriorityNoAdvert());
    line(
        "Send advert after receive higher priority advert = " + conduct.higherPrioritySendAdvert());
    line("Virtual Router ID = " + instance.key().virtualRouterId());
  }

  private void priority(Optional<RunText> run) {
    line("Priority = " + instance.election().priority());
    if (run.isPresent()) {
      line("Effective priority = " + router.priority().effective());
      line("Total priority = " + router.priority().total());
    }
  }

  private void intervals(Optional<RunText> run) {
    long nanos = instance.protocol().advertIntervalNanos();
    if (instance.protocol().version() == 2) {
      line("Advert interval = " + Durations.wholeSeconds(nanos) + " sec");
    } else {
      line("Advert interval = " + Durations.millis(nanos) + " milli-sec");
      run.flatMap(known -> known.masterInterval(router)).ifPresent(this::line);
    }
  }

  private void election() {
    VrrpInstance.Election election = instance.election();
    line("Accept = " + enabled(instance.conduct().accept()));
    line("Preempt = " + enabled(election.preempt()));
    if (election.preemptDelayNanos() > 0) {
      line("Preempt delay = " + Durations.seconds(election.preemptDelayNanos()) + " secs");
    }
    line("Promote_secondaries = " + enabled(instance.addresses().promoteSecondaries()));
  }

  private void authentication() {
    Authentication authentication = instance.protocol().authentication();
    if (authentication.type() == Authentication.Type.NONE) {
      line("Authentication type = none");
      return;
    }
    line("Authentication type = " + authentication.type());
    line("Password = " + HIDDEN);
  }

  private void addresses(Optional<RunText> run) {
    List<VirtualAddress> advertised = instance.addresses().advertised();
    if (!advertised.isEmpty()) {
      line("Virtual IP (" + advertised.size() + "):");
      advertised.forEach(address -> line("  " + text(address, run)));
    }
    List<VirtualAddress> excluded = instance.addresses().excluded();
    if (!excluded.isEmpty()) {
      line("Virtual IP Excluded :");
      excluded.forEach(address -> line("  " + text(address, run)));
    }
  }

  private void routing() {
    Routing routing = instance.addresses().routing();
    if (!routing.routes().isEmpty()) {
      line("Virtual Routes :");
      routing.routes().forEach(route -> line("  " + route.text()));
    }
    if (!routing.rules().isEmpty()) {
      line("Virtual Rules :");
      routing.rules().forEach(rule -> line("  " + rule.text()));
    }
  }

  private String text(VirtualAddress address, Optional<RunText> run) {
    return run.map(known -> known.address(router, address))
        .orElseGet(() -> AddressText.of(address, instance));
  }

  private void notifications() {
    Notifications notifications = instance.notifications();
    line(NotificationsText.mail(notifications));
    line("Notify deleted = " + (notifications.deleted() ? "Deleted" : "Fault"));
    NotificationsText.scripts(notifications, commands, this::line);
    line("Notify priority changes = " + notifications.priorityChanges());
  }

  private static String enabled(boolean value) {
    return value ? "enabled" : "disabled";
  }
}
