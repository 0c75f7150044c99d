package org.jkeepalived.status;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.time.LocalClock;
import org.jkeepalived.vrrp.Fault;
import org.jkeepalived.vrrp.ReceivedAdvertisement;
import org.jkeepalived.vrrp.State;

/** What the dump says of instances only while they run. */
final class RunText {

  private static final int OWNER = 255;
  private static final Set<Fault> LINK_FAULTS =
      EnumSet.of(Fault.INTERFACE_MISSING, Fault.LINK_DOWN, Fault.LINK_UNUSABLE);

  private final VrrpSnapshot snapshot;
  private final HeldAddresses held;
  private final LocalClock clock;

  RunText(VrrpSnapshot snapshot, HeldAddresses held, LocalClock clock) {
    this.snapshot = snapshot;
    this.held = held;
    this.clock = clock;
  }

  /** The number of the link that a virtual router speaks on. */
  Optional<Integer> linkIndex(RouterSnapshot router) {
    return held.linkIndex(router.instance().key().interfaceName());
  }

  /** Whether a link of that name is there, and packets can flow. */
  boolean isUsable(String link) {
    return held.isUsable(link);
  }

  /** The lines after the version. */
  List<String> state(RouterSnapshot router) {
    List<String> lines = new ArrayList<>();
    lines.add("State = " + router.state());
    if (router.state() == State.BACKUP && router.master().isPresent()) {
      ReceivedAdvertisement master = router.master().get();
      lines.add("Master router = " + NumericAddress.of(master.source()));
      lines.add("Master priority = " + master.priority());
      if (router.instance().protocol().version() == 3) {
        double seconds = router.masterIntervalNanos() / 1e9;
        lines.add(String.format(Locale.ROOT, "Master advert int = %.2f sec", seconds));
      }
    }
    UnicastText.flags(router.instance(), lines::add);
    lines.add("Wantstate = " + router.wantedState());
    lines.add(UnicastText.configFaults(router.instance()));
    lines.add("Number of interface and track script faults = " + faults(router));
    // 2.4 has these two, and 2.2.7 has not
    lines.add("Number of tracker faults = " + router.troubles().tracked());
    lines.add("Number of track scripts init = " + router.troubles().waiting());
    // ours: keepalived knows no such thing
    router.reasons().maintenance().ifPresent(text -> lines.add("Maintenance = " + text));
    times(router.times(), lines);
    if (router.priority().effective() != OWNER) {
      // an owner never waits for a master to be gone
      lines.add(
          "Master down timer = " + Durations.micros(router.times().masterDownNanos()) + " usecs");
    }
    return lines;
  }

  private void times(RouterSnapshot.Times times, List<String> lines) {
    if (times.lastTransitionNanos().isPresent()) {
      lines.add("Last transition = " + time(times.lastTransitionNanos().getAsLong()));
    }
    if (times.lastSentNanos().isPresent()) {
      lines.add("Last advert sent = " + time(times.lastSentNanos().getAsLong()));
    }
    OptionalLong deadline = times.deadlineNanos();
    lines.add("Read timeout = " + (deadline.isPresent() ? time(deadline.getAsLong()) : "DISABLED"));
  }

  private String time(long nanos) {
    Instant wall = snapshot.moment().at(nanos);
    return TimeText.both(wall, clock);
  }

  /** COMPAT: keepalived counts a missing interface twice, as down and as without an address. */
  private static int faults(RouterSnapshot router) {
    Set<Fault> faults = EnumSet.noneOf(Fault.class);
    faults.addAll(router.troubles().faults());
    boolean link = faults.removeAll(LINK_FAULTS);
    if (router.troubles().faults().contains(Fault.INTERFACE_MISSING)
        && router.instance().protocol().source().isEmpty()) {
      faults.add(Fault.NO_SOURCE_ADDRESS);
    }
    return faults.size() + (link ? 1 : 0) + router.troubles().tracked();
  }

  /** The interval of the master that a version 3 backup follows. */
  Optional<String> masterInterval(RouterSnapshot router) {
    return router.state() == State.BACKUP
        ? Optional.of(
            "Master advert interval = "
                + Durations.millis(router.masterIntervalNanos())
                + " milli-sec")
        : Optional.empty();
  }

  String address(RouterSnapshot router, VirtualAddress address) {
    return held.text(router, address);
  }

  /** One descriptor both hears and sends. */
  String sockets(RouterSnapshot router) {
    int descriptor = snapshot.machine().sockets().of(router.instance().key(), held::linkIndex);
    return "fd_in " + descriptor + ", fd_out " + descriptor;
  }
}
