package org.jkeepalived.status;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jkeepalived.lvs.CheckSnapshot;
import org.jkeepalived.lvs.ServerSnapshot;
import org.jkeepalived.lvs.ServiceSnapshot;
import org.jkeepalived.lvs.check.CheckLook;
import org.jkeepalived.model.lvs.VirtualServer.SorryServer;

/**
 * Virtual servers for programs: an array of objects, one for each, on one line.
 *
 * <p>COMPAT: keepalived has none. Times of day are seconds since 1970 with six digits after the
 * point, as in its JSON of VRRP.
 */
final class LvsJson {

  private final LvsSnapshot snapshot;

  private LvsJson(LvsSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** Hands out the text in pieces that follow each other without a separator. */
  static void write(LvsSnapshot snapshot, Consumer<String> pieces) {
    LvsJson json = new LvsJson(snapshot);
    String separator = "[";
    for (ServiceSnapshot service : snapshot.services()) {
      pieces.accept(separator + json.service(service));
      separator = ",";
    }
    pieces.accept((snapshot.services().isEmpty() ? "[" : "") + "]\n");
  }

  private String service(ServiceSnapshot service) {
    String protocol = service.configured().service().protocolText();
    JsonWriter json = new JsonWriter().open();
    json.member("service", service.configured().service().text());
    ServiceSnapshot.QuorumLook quorum = service.quorum();
    json.open("quorum")
        .member("up", quorum.up())
        .member("weight", quorum.weight())
        .member("wanted", service.configured().quorum().weight())
        .member("hysteresis", service.configured().quorum().hysteresis())
        .member("gained", quorum.gained())
        .member("lost", quorum.lost());
    since(quorum.sinceNanos(), json);
    json.close();
    if (service.configured().conduct().suspended()) {
      json.member("suspended", service.suspended());
    }
    service.configured().sorry().ifPresent(sorry -> sorry(sorry, service, protocol, json));
    service.refusal().ifPresent(text -> json.member("refused", text));
    return with(
        json, "real_servers", service.servers().stream().map(server -> server(server, protocol)));
  }

  private static void sorry(
      SorryServer sorry, ServiceSnapshot service, String protocol, JsonWriter json) {
    json.open("sorry_server")
        .member("server", sorry.address().text(protocol))
        .member("serves", service.sorryServes())
        .close();
  }

  private String server(ServerSnapshot server, String protocol) {
    JsonWriter json = new JsonWriter().open();
    json.member("server", server.configured().address().text(protocol))
        .member("alive", server.life().alive())
        .member("set", server.set())
        .member("weight", server.configured().load().weight())
        .member("effective_weight", server.share().weight())
        .member("table_weight", server.share().ofTable())
        .member("drained", server.share().drained());
    server.share().wished().ifPresent(weight -> json.member("wished_weight", weight));
    json.member("recoveries", server.life().recoveries())
        .member("failures", server.life().failures());
    since(server.life().sinceNanos(), json);
    return with(json, "checks", server.checks().stream().map(this::check));
  }

  private String check(CheckSnapshot check) {
    CheckLook look = check.look();
    JsonWriter json = new JsonWriter().open();
    json.member("check", look.kind())
        .member("up", look.up())
        .member("runs", look.runs())
        .member("failures", look.failures())
        .member("added_weight", check.added());
    if (look.sharers() > 1) {
      json.member("shared_by", look.sharers());
    }
    look.last().ifPresent(run -> last(run, json));
    return json.close().toString();
  }

  private void last(CheckLook.Run run, JsonWriter json) {
    json.open("last").member("succeeded", run.succeeded());
    if (!run.reason().isEmpty()) {
      json.member("reason", run.reason());
    }
    json.number("ended", TimeText.epoch(snapshot.moment().at(run.endedNanos())))
        .number("took", Durations.seconds(run.tookNanos()))
        .close();
  }

  private void since(OptionalLong nanos, JsonWriter json) {
    nanos.ifPresent(known -> json.number("since", TimeText.epoch(snapshot.moment().at(known))));
  }

  /** Ends the object with an array in it. */
  private static String with(JsonWriter json, String name, Stream<String> objects) {
    List<String> elements = objects.toList();
    return json
        + ",\""
        + name
        + "\":"
        + elements.stream().collect(Collectors.joining(",", "[", "]"))
        + "}";
  }
}
