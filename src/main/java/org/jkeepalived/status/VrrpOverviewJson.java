package org.jkeepalived.status;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.track.TrackedLook;
import org.jkeepalived.vrrp.State;

/**
 * Virtual routers for programs, richer than what keepalived writes to {@code keepalived.json}: why
 * each is as it is, what each tracked thing does to its priority, which addresses are really there.
 * Times of day are seconds since 1970 with six digits after the point.
 */
final class VrrpOverviewJson {

  private final VrrpSnapshot snapshot;
  private final HeldAddresses held;

  private VrrpOverviewJson(VrrpSnapshot snapshot) {
    this.snapshot = snapshot;
    held = new HeldAddresses(snapshot);
  }

  /** Hands out the member {@code "vrrp":{…}} in pieces. */
  static void write(VrrpSnapshot snapshot, Consumer<String> pieces) {
    VrrpOverviewJson json = new VrrpOverviewJson(snapshot);
    pieces.accept("\"vrrp\":{\"instances\":");
    list(snapshot.routers().stream().map(json::router), pieces);
    pieces.accept(",\"sync_groups\":");
    list(snapshot.groups().stream().map(VrrpOverviewJson::group), pieces);
    pieces.accept(",\"scripts\":");
    list(
        snapshot.configuration().trackers().scripts().stream()
            .filter(script -> snapshot.trackerStatus().scripts().containsKey(script.name()))
            .map(
                script ->
                    script(script.name(), snapshot.trackerStatus().scripts().get(script.name()))),
        pieces);
    pieces.accept(",\"transitions\":");
    list(snapshot.changes().stream().map(json::change), pieces);
    pieces.accept("}");
  }

  private String change(StateChange change) {
    return new JsonWriter()
        .open()
        .number("time", TimeText.epoch(snapshot.moment().at(change.nanos())))
        .member("instance", change.instance())
        .member("from", change.from())
        .member("to", change.to())
        .member("cause", change.cause())
        .close()
        .toString();
  }

  private static void list(Stream<String> members, Consumer<String> pieces) {
    String separator = "[";
    boolean empty = true;
    for (Iterator<String> each = members.iterator(); each.hasNext(); separator = ",") {
      pieces.accept(separator + each.next());
      empty = false;
    }
    pieces.accept(empty ? "[]" : "]");
  }

  private String router(RouterSnapshot router) {
    JsonWriter json = new JsonWriter().open();
    json.member("name", router.instance().name())
        .member("state", router.state().name())
        .member("cause", router.reasons().cause());
    router
        .times()
        .lastTransitionNanos()
        .ifPresent(nanos -> json.number("since", TimeText.epoch(snapshot.moment().at(nanos))));
    json.member("interface", router.instance().key().interfaceName())
        .member("virtual_router_id", router.instance().key().virtualRouterId())
        .member("version", router.instance().protocol().version())
        .number(
            "advert_interval",
            Durations.seconds(router.instance().protocol().advertIntervalNanos()))
        .member("priority", router.priority().effective())
        .member("configured_priority", router.instance().election().priority());
    router.source().ifPresent(source -> json.member("source", NumericAddress.of(source)));
    if (router.state() == State.BACKUP) {
      router
          .master()
          .ifPresent(
              master ->
                  json.open("master")
                      .member("address", NumericAddress.of(master.source()))
                      .member("priority", master.priority())
                      .close());
    }
    json.member("faults", faults(router));
    if (!router.checksums().isEmpty()) {
      json.open("other_checksums");
      router
          .checksums()
          .forEach(
              (peer, kind) ->
                  json.member(NumericAddress.of(peer), kind.name().toLowerCase(Locale.ROOT)));
      json.close();
    }
    router.reasons().maintenance().ifPresent(text -> json.member("maintenance", text));
    return json
        + array("tracked", router.reasons().tracked().stream().map(VrrpOverviewJson::tracked))
        + array("addresses", HeldAddresses.all(router).map(this::address))
        + "}";
  }

  private static List<String> faults(RouterSnapshot router) {
    return router.troubles().faults().stream().map(Enum::name).sorted().toList();
  }

  private static String array(String name, Stream<String> members) {
    return ",\"" + name + "\":" + members.collect(Collectors.joining(",", "[", "]"));
  }

  private static String tracked(TrackedLook look) {
    JsonWriter json = new JsonWriter().open();
    json.member("kind", look.tracked().target().kind().noun())
        .member("name", look.tracked().target().name())
        .member("known", look.condition().isPresent());
    look.condition()
        .ifPresent(
            known -> {
              if (!look.tracked().target().kind().has(TrackKind.Trait.NUMBER)) {
                json.member("up", known.up());
              }
              json.member("number", known.number());
            });
    return json.member("added", look.added()).member("fault", look.fault()).close().toString();
  }

  private String address(VirtualAddress address) {
    return new JsonWriter()
        .open()
        .member("address", NumericAddress.of(address.address()))
        .member("prefix_length", address.prefixLength())
        .member("interface", address.device())
        .member("there", held.isThere(address))
        .close()
        .toString();
  }

  private static String group(GroupSnapshot group) {
    return new JsonWriter()
        .open()
        .member("name", group.group().name())
        .member("state", group.state().name())
        .member("members", group.group().members())
        .close()
        .toString();
  }

  private static String script(String name, TrackerStatus.Script script) {
    JsonWriter json = new JsonWriter().open();
    json.member("name", name)
        .member("answered", script.answered())
        .member("up", script.well())
        .member("result", script.result())
        .member("activity", script.activity().name())
        .member("left_out", script.leftOut());
    script.trouble().ifPresent(trouble -> json.member("trouble", trouble));
    return json.close().toString();
  }
}
