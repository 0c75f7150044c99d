package org.jkeepalived.status;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.time.Moment;
import org.jkeepalived.vrrp.VirtualRouters.Stray;

/**
 * Everything of VRRP at one moment. It never changes, so that any thread may read it. {@link
 * SnapshotInParts} takes it.
 *
 * @param moment when that was
 * @param configuration what the operator asked for
 * @param routers the virtual routers in the configuration's order
 * @param groups the sync groups in the configuration's order
 * @param trackerStatus what is known of what they track
 * @param strays packets that belong to no virtual router
 * @param machine links and addresses
 * @param changes the last states that were entered, the newest first
 */
public record VrrpSnapshot(
    Moment moment,
    Configuration configuration,
    List<RouterSnapshot> routers,
    List<GroupSnapshot> groups,
    TrackerStatus trackerStatus,
    Strays strays,
    Machine machine,
    List<StateChange> changes)
    implements Snapshot {

  /**
   * What was received for no virtual router.
   *
   * @param counted how many packets of each kind there were
   */
  public record Strays(Map<Stray, Long> counted) {
    public Strays {
      Map<Stray, Long> own = new EnumMap<>(Stray.class);
      own.putAll(counted);
      counted = Collections.unmodifiableMap(own);
    }

    long get(Stray stray) {
      return counted.getOrDefault(stray, 0L);
    }
  }

  /**
   * The machine's links and addresses, as the kernel told them, and this process on it.
   *
   * @param links in the order of their index
   * @param addresses of all links
   * @param sockets the descriptors that VRRP is sent and heard on
   * @param figures what went through them, and how the daemon's threads do
   */
  public record Machine(
      List<LinkState> links, List<LinkAddress> addresses, Sockets sockets, Figures figures) {
    public Machine {
      links = List.copyOf(links);
      addresses = List.copyOf(addresses);
      Objects.requireNonNull(sockets);
      Objects.requireNonNull(figures);
    }
  }

  public VrrpSnapshot {
    Objects.requireNonNull(moment);
    Objects.requireNonNull(configuration);
    routers = List.copyOf(routers);
    groups = List.copyOf(groups);
    Objects.requireNonNull(trackerStatus);
    Objects.requireNonNull(strays);
    Objects.requireNonNull(machine);
    changes = List.copyOf(changes);
  }

  /** One that nobody remembers anything of. */
  VrrpSnapshot(
      Moment moment,
      Configuration configuration,
      List<RouterSnapshot> routers,
      List<GroupSnapshot> groups,
      TrackerStatus trackerStatus,
      Strays strays,
      Machine machine) {
    this(moment, configuration, routers, groups, trackerStatus, strays, machine, List.of());
  }

  /** The same with what other threads know of what is tracked. */
  public VrrpSnapshot watching(TrackerStatus other) {
    return new VrrpSnapshot(
        moment,
        configuration,
        routers,
        groups,
        trackerStatus.with(other),
        strays,
        machine,
        changes);
  }

  /** The same with what was before. */
  public VrrpSnapshot remembering(List<StateChange> last) {
    return new VrrpSnapshot(
        moment, configuration, routers, groups, trackerStatus, strays, machine, last);
  }

  @Override
  public void configuration(ReportContext context, Consumer<String> lines) {
    new DataDump(this, context).configuration(lines);
  }

  @Override
  public void data(ReportContext context, Consumer<String> lines) {
    new DataDump(this, context).running(lines);
  }

  @Override
  public void globals(ReportContext context, Consumer<String> lines) {
    new GlobalsText(context.networkNamespace(), new CommandText(context.commands()), lines)
        .write(configuration);
  }

  @Override
  public void statistics(Consumer<String> lines) {
    StatisticsText.write(this, lines);
  }

  @Override
  public List<String> meant(String said) {
    boolean known =
        routers.stream().anyMatch(router -> router.instance().name().equals(said))
            || groups.stream().anyMatch(group -> group.group().name().equals(said));
    return known ? List.of(said) : List.of();
  }

  @Override
  public VrrpSnapshot only(String name) {
    List<GroupSnapshot> theirs =
        groups.stream()
            .filter(
                group ->
                    group.group().name().equals(name) || group.group().members().contains(name))
            .toList();
    List<RouterSnapshot> chosen =
        routers.stream()
            .filter(
                router -> {
                  String own = router.instance().name();
                  return own.equals(name)
                      || theirs.stream()
                          .anyMatch(
                              group ->
                                  group.group().name().equals(name)
                                      && group.group().members().contains(own));
                })
            .toList();
    Set<TrackTarget> tracked =
        chosen.stream()
            .flatMap(router -> router.reasons().tracked().stream())
            .map(look -> look.tracked().target())
            .collect(Collectors.toSet());
    return new VrrpSnapshot(
        moment,
        configuration,
        chosen,
        theirs,
        trackerStatus.only(tracked),
        strays,
        machine,
        changes.stream()
            .filter(
                change ->
                    chosen.stream()
                        .anyMatch(router -> router.instance().name().equals(change.instance())))
            .toList());
  }

  @Override
  public void overview(ReportContext context, OverviewStyle style, Consumer<String> lines) {
    new VrrpOverview(this, context.clock(), style).write(lines);
  }

  @Override
  public void overviewJson(Consumer<String> pieces) {
    VrrpOverviewJson.write(this, pieces);
  }

  @Override
  public void metrics(Consumer<String> pieces) {
    VrrpMetrics.write(this, pieces);
  }

  @Override
  public void page(ReportContext context, Consumer<String> pieces) {
    new VrrpPage(this, context.clock(), pieces).write();
  }

  @Override
  public void json(ReportContext context, Consumer<String> pieces) {
    JsonText.write(this, context.commands(), pieces);
  }
}
