package org.jkeepalived.lvs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jkeepalived.dice.Dice;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.mark.PacketMarks;
import org.jkeepalived.lvs.mark.ScriptedMarks;
import org.jkeepalived.lvs.table.DestinationSettings;
import org.jkeepalived.lvs.table.IpvsTable;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.ServiceSettings;
import org.jkeepalived.lvs.table.TableAnswer;
import org.jkeepalived.lvs.table.TableAnswer.Outcome;
import org.jkeepalived.lvs.table.TableChange;
import org.jkeepalived.lvs.table.TableService;
import org.jkeepalived.model.lvs.ServerAddress;
import org.jkeepalived.model.lvs.TableSettings.Timeouts;

/**
 * A kernel's table on virtual time: answers come later, some changes are refused, others change it
 * as well, and its module may come and go. What is removed and made anew is another one: it has
 * lost its connections.
 */
final class SimulatedIpvs implements IpvsTable {

  /** A real server as the kernel has it. */
  static final class Destination {
    private DestinationSettings settings;

    private Destination(DestinationSettings settings) {
      this.settings = settings;
    }
  }

  /** A service as the kernel has it. */
  static final class Service {
    private ServiceSettings settings;
    private final Map<ServerAddress, Destination> destinations = new LinkedHashMap<>();

    private Service(ServiceSettings settings) {
      this.settings = settings;
    }

    Map<ServerAddress, Destination> destinations() {
      return destinations;
    }
  }

  /** What the kernel begins with. */
  static final Timeouts KERNEL_TIMEOUTS =
      new Timeouts(OptionalInt.of(900), OptionalInt.of(120), OptionalInt.of(300));

  private static final KernelError MISSING = new KernelError(0, "this kernel has no IPVS");

  private final Map<ServiceKey, Service> services = new LinkedHashMap<>();
  private final Dice dice;

  /** What is on its way, by when it arrives. */
  private final TreeMap<Long, List<Runnable>> traffic = new TreeMap<>();

  private final ScriptedMarks marks = new ScriptedMarks();
  private final PoolSabotage sabotage;
  private long nowNanos;
  private boolean refusing;
  private boolean disturbed;
  private boolean hurried;
  private Timeouts timeouts = KERNEL_TIMEOUTS;
  private Runnable whenItComes = () -> {};
  private boolean there = true;

  /** Somebody was refused for want of a table, or found none at the start. */
  private boolean missed;

  /** The table is another one than the last that was asked for something. */
  private boolean another;

  /** The last answer that was heard says that there is no table. */
  private boolean knownMissing;

  SimulatedIpvs(Dice dice, PoolSabotage sabotage) {
    this.dice = dice;
    this.sabotage = sabotage;
  }

  @Override
  public PacketMarks marks() {
    return marks;
  }

  Map<ServiceKey, Service> services() {
    return services;
  }

  /** What a real server weighs; 0 where there is none. */
  long weight(ServiceKey key, ServerAddress server) {
    return Optional.ofNullable(services.get(key))
        .map(service -> service.destinations.get(server))
        .map(one -> one.settings.weight())
        .orElse(0L);
  }

  /** From now on it refuses some changes, or none. */
  void refuse(boolean some) {
    refusing = some;
  }

  /** Whether anything was refused, or changed by somebody else, since it was {@link #calm}ed. */
  boolean isDisturbed() {
    return disturbed;
  }

  void calm() {
    disturbed = false;
  }

  /** Runs a step, later, when a table comes that somebody has missed. */
  void whenItComes(Runnable step) {
    whenItComes = step;
  }

  boolean isThere() {
    return there;
  }

  /** Whether those who ask know that there is no table: they have heard it. */
  boolean isKnownMissing() {
    return knownMissing;
  }

  Timeouts timeouts() {
    return timeouts;
  }

  /** There is none at the start, which is noticed at once. */
  void missFromTheStart() {
    lose();
    missed = true;
  }

  /** The module goes, and all that it held with it. */
  void lose() {
    there = false;
    another = true;
    disturbed = true;
    services.clear();
    timeouts = KERNEL_TIMEOUTS;
  }

  /** The module is there, or there again. */
  void come() {
    there = true;
    if (missed) {
      asked();
    }
  }

  /** Who asks notices whether there is a table, and whether it is the one that it was. */
  private void asked() {
    missed = !there;
    if (there && another) {
      another = false;
      later(whenItComes);
    }
  }

  boolean isQuiet() {
    return traffic.isEmpty();
  }

  /** Time passes: what is on its way arrives. */
  void advance(long toNanos) {
    while (!traffic.isEmpty() && traffic.firstKey() <= toNanos) {
      Map.Entry<Long, List<Runnable>> first = traffic.pollFirstEntry();
      nowNanos = first.getKey();
      first.getValue().forEach(Runnable::run);
    }
    nowNanos = toNanos;
  }

  private void later(Runnable step) {
    // in order: nothing overtakes
    long last = traffic.isEmpty() ? nowNanos : traffic.lastKey();
    traffic
        .computeIfAbsent(
            Math.max(last, nowNanos + dice.below(50_000_000)), key -> new ArrayList<>())
        .add(step);
  }

  @Override
  public void change(List<TableChange> changes, Consumer<List<TableAnswer>> done) {
    List<TableChange> copy = List.copyOf(changes);
    later(
        () -> {
          List<TableAnswer> answers = new ArrayList<>();
          for (TableChange change : copy) {
            answers.add(sabotage.answer(change, answer(change)));
          }
          asked();
          boolean missing = !there;
          later(
              () -> {
                knownMissing = missing;
                done.accept(answers);
              });
        });
  }

  private TableAnswer answer(TableChange change) {
    if (!there) {
      return new TableAnswer(change, Outcome.REFUSED, Optional.of(MISSING));
    }
    if (refusing && dice.below(5) == 0) {
      disturbed = true;
      return new TableAnswer(
          change, Outcome.REFUSED, Optional.of(new KernelError(12, "Cannot allocate memory")));
    }
    Outcome outcome = sabotage.drops(change) ? Outcome.DONE : make(change);
    return new TableAnswer(
        change,
        outcome,
        outcome == Outcome.DONE ? Optional.empty() : Optional.of(new KernelError(1, "no")));
  }

  private Outcome make(TableChange change) {
    Service service = services.get(change.service());
    if (change instanceof TableChange.AddService add) {
      if (service != null) {
        return Outcome.ALREADY_THERE;
      }
      services.put(add.service(), new Service(add.settings()));
      return Outcome.DONE;
    }
    if (service == null) {
      return Outcome.NOT_THERE;
    }
    if (change instanceof TableChange.RemoveService) {
      services.remove(change.service());
    } else if (change instanceof TableChange.EditService edit) {
      service.settings = edit.settings();
    } else if (change instanceof TableChange.AddDestination add) {
      Destination fresh = new Destination(add.settings());
      return service.destinations.putIfAbsent(add.address(), fresh) == null
          ? Outcome.DONE
          : Outcome.ALREADY_THERE;
    } else if (change instanceof TableChange.EditDestination edit) {
      Destination known = service.destinations.get(edit.address());
      if (known == null) {
        return Outcome.NOT_THERE;
      }
      known.settings = edit.settings();
    } else if (change instanceof TableChange.RemoveDestination gone) {
      return service.destinations.remove(gone.address()) == null ? Outcome.NOT_THERE : Outcome.DONE;
    }
    return Outcome.DONE;
  }

  /** Somebody else does something to it. */
  void strange(TableChange change) {
    disturbed = true;
    make(change);
  }

  @Override
  public void read(Consumer<Reading> done) {
    later(
        () -> {
          boolean givenUp = hurried && dice.flip();
          hurried = false;
          asked();
          if (!there) {
            later(() -> done.accept(new Reading(List.of(), Optional.of(MISSING))));
            return;
          }
          if (givenUp) {
            KernelError error = new KernelError(0, "given up");
            later(() -> done.accept(new Reading(List.of(), Optional.of(error))));
            return;
          }
          boolean unreadable = refusing && dice.below(5) == 0;
          Reading reading =
              unreadable
                  ? new Reading(List.of(), Optional.of(new KernelError(4, "Interrupted")))
                  : new Reading(sabotage.read(table()), Optional.empty());
          disturbed |= unreadable;
          later(
              () -> {
                knownMissing &= unreadable;
                done.accept(reading);
              });
        });
  }

  @Override
  public void hurry() {
    hurried = true;
  }

  /** All of it. */
  List<TableService> table() {
    List<TableService> table = new ArrayList<>();
    services.forEach(
        (key, service) -> {
          Map<ServerAddress, DestinationSettings> destinations = new LinkedHashMap<>();
          service.destinations.forEach((at, one) -> destinations.put(at, one.settings));
          table.add(new TableService(key, service.settings, destinations));
        });
    return table;
  }

  @Override
  public void setTimeouts(Timeouts wanted, Consumer<Optional<KernelError>> done) {
    later(
        () -> {
          asked();
          Optional<KernelError> error = there ? Optional.empty() : Optional.of(MISSING);
          if (there) {
            timeouts =
                new Timeouts(
                    either(wanted.tcp(), timeouts.tcp()),
                    either(wanted.tcpFin(), timeouts.tcpFin()),
                    either(wanted.udp(), timeouts.udp()));
          }
          later(() -> done.accept(error));
        });
  }

  private static OptionalInt either(OptionalInt first, OptionalInt second) {
    return first.isPresent() ? first : second;
  }

  @Override
  public void flush(Consumer<Optional<KernelError>> done) {
    later(
        () -> {
          services.clear();
          later(() -> done.accept(Optional.empty()));
        });
  }
}
