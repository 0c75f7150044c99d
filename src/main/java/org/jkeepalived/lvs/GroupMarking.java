package org.jkeepalived.lvs;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.mark.MarkKeeper;
import org.jkeepalived.lvs.mark.MarkTable;
import org.jkeepalived.lvs.mark.MarkTableName;
import org.jkeepalived.lvs.mark.PacketMarks;
import org.jkeepalived.lvs.mark.RangeBook;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.PacketMarking;
import org.jkeepalived.model.lvs.ServerGroup;
import org.jkeepalived.model.lvs.VirtualServer;
import org.jkeepalived.model.lvs.VirtualService;

/**
 * {@code nftables_ipvs}: which groups are told from others by a mark, and which packets get it. A
 * mark is put on packets after its service is there, and taken off before that goes.
 */
final class GroupMarking {

  private final LvsLog log;
  private final Runnable gaveUp;
  private final MarkKeeper keeper;
  private final GroupNumbers numbers = new GroupNumbers();
  private final Set<String> told = new LinkedHashSet<>();

  /** As it is done; empty where it is not wanted, or not possible. */
  private Optional<PacketMarking> current = Optional.empty();

  private RangeBook book = new RangeBook();

  /**
   * @param gaveUp runs when packets cannot be marked: no group has a mark any more
   */
  GroupMarking(PacketMarks marks, LvsLog log, Runnable gaveUp) {
    this.log = log;
    this.gaveUp = gaveUp;
    keeper = new MarkKeeper(marks, log, this::refused);
  }

  /** What the configuration says. Tables that are in use stay what they are until the stop. */
  void configure(Optional<PacketMarking> marking) {
    if (current.isPresent() && marking.isPresent()) {
      PacketMarking running = current.get();
      PacketMarking next = marking.get();
      if (!next.table().equals(running.table())) {
        // COMPAT: keepalived says so, too, and leaves the whole reload undone
        log.warning(
            "Cannot change IPVS nftables table name at a reload - please restart keepalived");
      }
    } else {
      current = marking;
      marking.ifPresent(one -> numbers.begin(one.firstMark()));
    }
  }

  /** The tables that a configuration makes use of. */
  static Set<MarkTableName> tables(Director director) {
    Set<MarkTableName> tables = new LinkedHashSet<>();
    for (PacketMarking marking : director.table().marking().stream().toList()) {
      for (VirtualServer server : director.servers()) {
        if (server.service() instanceof VirtualService.ByGroup one && GroupNumbers.isMarked(one)) {
          one.families().forEach(family -> tables.add(new MarkTableName(family, marking.table())));
        }
      }
    }
    return tables;
  }

  /** Gives each group its mark, and finds out which packets it is for. */
  void assign(Collection<ServerPool> pools) {
    List<VirtualService> services =
        pools.stream().map(pool -> pool.configured().service()).toList();
    numbers.assign(current.isPresent() ? services : List.of(), taken(services));
    book = new RangeBook();
    Map<Long, ServerPool> byMark = new HashMap<>();
    note(pools, range -> range.port() != 0, byMark);
    note(pools, range -> range.port() == 0, byMark);
  }

  private static Set<Long> taken(Collection<VirtualService> services) {
    Set<Long> taken = new LinkedHashSet<>();
    for (VirtualService service : services) {
      if (service instanceof VirtualService.ByMark one) {
        taken.add(one.mark());
      } else if (service instanceof VirtualService.ByGroup one) {
        one.group().marks().forEach(mark -> taken.add(mark.value()));
      }
    }
    return taken;
  }

  private void note(
      Collection<ServerPool> pools,
      Predicate<ServerGroup.Range> which,
      Map<Long, ServerPool> byMark) {
    for (ServerPool pool : pools) {
      OptionalLong mark = markOf(pool.configured().service());
      if (mark.isEmpty() || !(pool.configured().service() instanceof VirtualService.ByGroup one)) {
        continue;
      }
      byMark.putIfAbsent(mark.getAsLong(), pool);
      one.group().ranges().stream()
          .filter(which)
          .forEach(
              range ->
                  book.note(one.protocol(), range, mark.getAsLong()).stream()
                      .filter(other -> other != mark.getAsLong())
                      .forEach(other -> tell(range, byMark.get(other), pool)));
    }
  }

  private void tell(ServerGroup.Range range, ServerPool first, ServerPool other) {
    String line =
        "Addresses of "
            + range.text()
            + " are named by VS "
            + first.text()
            + " and again by VS "
            + other.text()
            + ": packets to them go to the first";
    if (told.add(line)) {
      log.warning(line);
    }
  }

  /** The mark that a group's packets get; empty where each address is a service of its own. */
  OptionalLong markOf(VirtualService service) {
    return numbers.of(service);
  }

  /** Whether packets are marked, or are to be. */
  boolean isInUse() {
    return current.isPresent() || !keeper.isEmpty();
  }

  /** Has packets marked as it was found out; all services that they need are there. */
  void send() {
    if (current.isPresent()) {
      keeper.want(MarkTable.of(current.get()), book.ranges());
    } else {
      keeper.remove();
    }
  }

  /** Takes all marks off. */
  void end() {
    current = Optional.empty();
    numbers.assign(List.of(), Set.of());
    keeper.remove();
  }

  /** Puts right what somebody else has changed. */
  void compare() {
    keeper.compare();
  }

  private void refused(KernelError error) {
    log.error(
        "nftables_ipvs: packets cannot be marked: "
            + error.text()
            + "; until the next reload, or until IPVS comes, each address of a group is a service of its own");
    current = Optional.empty();
    gaveUp.run();
  }
}
