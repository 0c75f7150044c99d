package org.jkeepalived.host.vrrp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jkeepalived.linux.SystemLocalClock;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.loop.WallClock;
import org.jkeepalived.time.CalendarText;
import org.jkeepalived.time.LocalClock;
import org.jkeepalived.time.Moment;
import org.jkeepalived.vrrp.Maintenance;
import org.jkeepalived.vrrp.MaintenanceOrder;
import org.jkeepalived.vrrp.RunningRouter;
import org.jkeepalived.vrrp.State;
import org.jkeepalived.vrrp.VirtualRouters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the operator takes virtual routers out and back, from any thread. What is to hold over a
 * restart is in a file before it is said to be done.
 */
public final class MaintenanceDesk {

  private static final Logger LOG = LoggerFactory.getLogger(MaintenanceDesk.class);

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Names that are told to whoever knows none of them. */
  private static final int NAMES_TOLD = 20;

  private final EventLoop loop;
  private final VirtualRouters routers;
  private final Maintenance maintenance;
  private final Executor background;
  private final MaintenanceFile file;
  private final WallClock wallClock;

  /** What the file says, or is about to say. */
  private String written = "";

  /**
   * What has come of an order.
   *
   * @param trouble what could not be done, or is not understood
   */
  public record Answer(List<String> lines, Optional<String> trouble) {
    public Answer {
      lines = List.copyOf(lines);
      Objects.requireNonNull(trouble);
    }
  }

  /**
   * @param loop the virtual routers'
   * @param background writes the file
   */
  MaintenanceDesk(
      EventLoop loop, VirtualRouters routers, Executor background, MaintenanceFile file) {
    this.loop = loop;
    this.routers = routers;
    maintenance = routers.maintenance();
    this.background = background;
    this.file = file;
    wallClock = new WallClock(loop);
    maintenance.whenOver(this::save);
  }

  // ---- orders ----

  /**
   * Takes out.
   *
   * @param name of an instance or a sync group; empty for all instances
   * @param seconds how long; empty until somebody ends it
   * @param kept over a restart, too
   * @param asker for the log
   */
  public CompletableFuture<Answer> begin(
      Optional<String> name, OptionalLong seconds, boolean kept, String asker) {
    return onLoop(
        () -> {
          Optional<Moment> end =
              seconds.isPresent()
                  ? Optional.of(after(seconds.getAsLong() * NANOS_PER_SECOND))
                  : Optional.empty();
          // else a restart would have it out by the order for all again, and without this end
          boolean keptForAll = maintenance.forAll().filter(MaintenanceOrder::kept).isPresent();
          MaintenanceOrder order = order(asker, end, kept || keptForAll);
          List<String> chosen = chosen(name);
          if (chosen.isEmpty()) {
            return unknown(name);
          }
          Map<String, State> before = states(chosen);
          List<String> keptBefore = keptOf(chosen);
          if (name.isEmpty()) {
            maintenance.beginForAll(order);
          } else {
            maintenance.begin(chosen, order);
          }
          // what somebody wanted to be kept is not forgotten because somebody else says nothing of
          // it
          if (!order.kept() && !keptBefore.isEmpty()) {
            maintenance.begin(keptBefore, order(asker, end, true));
          }
          Map<String, MaintenanceOrder> orders = maintenance.orders();
          return told(before, one -> orders.get(one).text());
        });
  }

  /** Takes back what an order of the same name, or one for all, has taken out. */
  public CompletableFuture<Answer> end(Optional<String> name, String asker) {
    return onLoop(
        () -> {
          List<String> chosen = new ArrayList<>(chosen(name));
          if (chosen.isEmpty()) {
            return unknown(name);
          }
          chosen.retainAll(maintenance.orders().keySet());
          Map<String, State> before = states(chosen);
          List<String> keptBefore = keptOf(chosen);
          maintenance.end(chosen, "asked for by " + asker);
          return chosen.isEmpty()
              ? written(
                  List.of(
                      name.map(one -> one + " is not in maintenance")
                          .orElse("No instance is in maintenance")))
              : told(
                  before,
                  one ->
                      "no maintenance any more"
                          + (keptBefore.contains(one) ? ", after a restart neither" : ""));
        });
  }

  /** Those whose order holds over a restart. */
  private List<String> keptOf(List<String> names) {
    Map<String, MaintenanceOrder> orders = maintenance.orders();
    return names.stream()
        .filter(name -> orders.containsKey(name) && orders.get(name).kept())
        .toList();
  }

  private static MaintenanceOrder order(String asker, Optional<Moment> end, boolean kept) {
    String until = end.map(at -> " until " + text(at.wall())).orElse("");
    String over = kept ? ", kept over a restart" : "";
    return new MaintenanceOrder(
        asker, "maintenance" + until + ", asked for by " + asker + over, end, kept);
  }

  private static final LocalClock LOCAL = new SystemLocalClock();

  private static String text(Instant time) {
    return CalendarText.monthDayAndClock(LOCAL.at(time).toLocalDateTime());
  }

  private Moment after(long nanos) {
    Moment now = wallClock.now();
    return new Moment(now.nowNanos() + nanos, now.wall().plusNanos(nanos));
  }

  private List<String> chosen(Optional<String> name) {
    return name.map(maintenance::namedBy).orElseGet(maintenance::everybody);
  }

  private CompletableFuture<Answer> unknown(Optional<String> name) {
    List<String> known = new ArrayList<>(maintenance.everybody());
    routers.groups().forEach(group -> known.add(group.group().name()));
    String more = known.size() > NAMES_TOLD ? " …" : "";
    String text =
        known.isEmpty()
            ? "There is no virtual router"
            : "No instance or sync group is called "
                + name.orElse("")
                + "; there are "
                + String.join(", ", known.subList(0, Math.min(NAMES_TOLD, known.size())))
                + more
                + (name.orElse("").contains(" ") ? "; name one at a time" : "");
    return CompletableFuture.completedFuture(new Answer(List.of(), Optional.of(text)));
  }

  private Map<String, State> states(Collection<String> names) {
    Set<String> wanted = new HashSet<>(names);
    Map<String, State> states = new LinkedHashMap<>();
    for (RunningRouter running : routers.all()) {
      String name = running.router().instance().name();
      if (wanted.contains(name)) {
        states.put(name, running.router().state());
      }
    }
    return states;
  }

  /** Once it is written, too. */
  private CompletableFuture<Answer> told(Map<String, State> before, UnaryOperator<String> what) {
    List<String> lines = new ArrayList<>();
    Map<String, State> after = states(before.keySet());
    before.forEach(
        (name, state) -> {
          boolean same = state == after.get(name);
          lines.add(
              name
                  + ": "
                  + (same ? "" : state + " -> ")
                  + after.get(name)
                  + ", "
                  + what.apply(name));
        });
    return written(lines);
  }

  private CompletableFuture<Answer> written(List<String> lines) {
    return save()
        .thenApply(
            trouble ->
                new Answer(
                    lines, trouble.map(why -> "It is done, but a restart may not know: " + why)));
  }

  private <T> CompletableFuture<T> onLoop(Supplier<CompletableFuture<T>> step) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            step.get().thenAccept(answer::complete);
          } catch (RuntimeException bug) {
            // whoever asks must not end what it asks
            answer.completeExceptionally(bug);
          }
        });
    return answer;
  }

  // ---- over a restart ----

  /** Has the orders in force that an earlier run has kept; before virtual routers start. */
  void restore() {
    Moment now = wallClock.now();
    List<MaintenanceFile.Line> lines = file.read();
    written = file.text(lines);
    Set<String> there = new HashSet<>(maintenance.everybody());
    Set<String> over = new HashSet<>();
    lines.stream()
        .filter(line -> line.isOver(now.wall()))
        .forEach(line -> line.instance().ifPresent(over::add));
    for (MaintenanceFile.Line line : lines) {
      String name = line.instance().orElse("all instances");
      if (line.isOver(now.wall())) {
        if (!line.end().equals(Optional.of(Instant.EPOCH))) {
          LOG.info("The maintenance of {} was over at {}", name, text(line.end().get()));
        }
        continue;
      }
      Optional<Moment> end =
          line.end().map(at -> new Moment(now.nowNanos() + nanosBetween(now.wall(), at), at));
      MaintenanceOrder order = order(line.asker(), end, true);
      if (line.instance().isEmpty()) {
        maintenance.beginForAllBut(over, order);
      } else if (there.contains(name)) {
        maintenance.begin(List.of(name), order);
      } else {
        LOG.warn("{} was in maintenance, and is not there any more", name);
      }
    }
  }

  private static long nanosBetween(Instant from, Instant to) {
    return (to.getEpochSecond() - from.getEpochSecond()) * NANOS_PER_SECOND
        + to.getNano()
        - from.getNano();
  }

  private List<MaintenanceFile.Line> kept() {
    List<MaintenanceFile.Line> lines = new ArrayList<>();
    Optional<MaintenanceOrder> forAll = maintenance.forAll();
    forAll
        .filter(MaintenanceOrder::kept)
        .ifPresent(order -> lines.add(line(Optional.empty(), order)));
    maintenance
        .orders()
        .forEach(
            (name, order) -> {
              if (order.kept() && !forAll.equals(Optional.of(order))) {
                lines.add(line(Optional.of(name), order));
              }
            });
    if (forAll.filter(MaintenanceOrder::kept).isPresent()) {
      for (String name : maintenance.backBeforeAll()) {
        lines.add(
            new MaintenanceFile.Line(Optional.of(name), Optional.of(Instant.EPOCH), "its time"));
      }
    }
    return lines;
  }

  private static MaintenanceFile.Line line(Optional<String> instance, MaintenanceOrder order) {
    return new MaintenanceFile.Line(instance, order.end().map(Moment::wall), order.asker());
  }

  /**
   * Has the file say what is kept now, unless it says so.
   *
   * @return completed on another thread; empty, or why it could not be written
   */
  private CompletableFuture<Optional<String>> save() {
    String text = file.text(kept());
    if (text.equals(written)) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    written = text;
    CompletableFuture<Optional<String>> done = new CompletableFuture<>();
    background.execute(
        () -> {
          Optional<String> trouble = file.write(text);
          trouble.ifPresent(
              why -> {
                LOG.error("{}: a restart may not know what is in maintenance", why);
                loop.execute(() -> written = "not known");
              });
          done.complete(trouble);
        });
    return done;
  }
}
