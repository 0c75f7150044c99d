package org.jkeepalived.status;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jkeepalived.model.Announcements;
import org.jkeepalived.model.Authentication;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.ScriptTracker;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.Tracking;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VirtualLink;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.routing.Route;
import org.jkeepalived.model.routing.Routing;
import org.jkeepalived.model.routing.RoutingRule;
import org.jkeepalived.script.CommandFacts;
import org.jkeepalived.vrrp.Counter;
import org.jkeepalived.vrrp.Discard.StatisticsLine;
import org.jkeepalived.vrrp.ReceivedAdvertisement;
import org.jkeepalived.vrrp.State;
import org.jkeepalived.vrrp.Statistics;

/**
 * What keepalived writes to {@code keepalived.json}, on one line: an array with {@code data} and
 * {@code stats} of each instance. With {@code json_version 2} it is an object, in which that array
 * has the name {@code vrrp} and another one tells of tracked processes. Every key of 2.2.7's is
 * there, as programs expect it; ours stand under {@link FiguresJson#KEY}.
 */
final class JsonText {

  private final VrrpSnapshot snapshot;
  private final HeldAddresses held;
  private final FiguresJson figures;
  private final CommandText commands;
  private final Map<String, ScriptTracker> scripts = new HashMap<>();

  private JsonText(VrrpSnapshot snapshot, CommandFacts commands) {
    this.snapshot = snapshot;
    this.held = new HeldAddresses(snapshot);
    this.figures = new FiguresJson(snapshot, held);
    this.commands = new CommandText(commands);
    snapshot
        .configuration()
        .trackers()
        .scripts()
        .forEach(script -> scripts.put(script.name(), script));
  }

  /**
   * Hands out the text in pieces that follow each other without a separator.
   *
   * @param commands what configured commands come to
   */
  static void write(VrrpSnapshot snapshot, CommandFacts commands, Consumer<String> pieces) {
    JsonText text = new JsonText(snapshot, commands);
    boolean named = snapshot.configuration().reporting().dumps().jsonVersion() > 1;
    pieces.accept(named ? "{\"vrrp\":" : "");
    list(snapshot.routers().stream().map(text::of), pieces);
    if (named) {
      pieces.accept(",\"track_process\":");
      list(
          snapshot.configuration().trackers().processes().stream()
              .map(tracker -> ProcessJson.of(tracker, snapshot.trackerStatus())),
          pieces);
      text.figures(pieces);
      pieces.accept("}");
    }
    pieces.accept("\n");
  }

  private void figures(Consumer<String> pieces) {
    pieces.accept(",\"" + FiguresJson.KEY + "\":{\"links\":");
    list(figures.links(snapshot.machine()), pieces);
    pieces.accept(",\"peers\":");
    list(Stream.of(figures.unicast()), pieces);
    pieces.accept(",\"threads\":");
    list(figures.threads().stream(), pieces);
    pieces.accept("}");
  }

  private static void list(Stream<String> members, Consumer<String> pieces) {
    pieces.accept("[");
    boolean first = true;
    for (Iterator<String> each = members.iterator(); each.hasNext(); first = false) {
      pieces.accept(first ? "" : ",");
      pieces.accept(each.next());
    }
    pieces.accept("]");
  }

  private String of(RouterSnapshot router) {
    JsonWriter json = new JsonWriter();
    json.open();
    json.open("data");
    conduct(router.instance(), json);
    master(router, json);
    announcements(router.instance(), json);
    election(router, json);
    state(router, json);
    notifications(router.instance().notifications(), json);
    addresses(router, json);
    tracking(router.instance().tracking(), json);
    authentication(router.instance().protocol().authentication(), json);
    json.close();
    json.open("stats");
    statistics(router.statistics(), json);
    json.close();
    figures.instance(router, json);
    return json.close().toString();
  }

  private static void conduct(VrrpInstance instance, JsonWriter json) {
    json.member("iname", instance.name());
    json.member("dont_track_primary", number(!instance.tracking().primaryLink()));
    json.member("skip_check_adv_addr", number(instance.conduct().skipCheckAddresses()));
    json.member("strict_mode", number(instance.conduct().strict()));
    json.member("vmac_ifname", instance.links().speaking().map(VirtualLink::name).orElse(""));
    json.member("ifp_ifname", instance.device());
  }

  private void master(RouterSnapshot router, JsonWriter json) {
    json.member("master_priority", router.master().map(ReceivedAdvertisement::priority).orElse(0));
    json.number(
        "last_transition",
        router.times().lastTransitionNanos().isPresent()
            ? TimeText.epoch(snapshot.moment().at(router.times().lastTransitionNanos().getAsLong()))
            : "0.000000");
  }

  private static void announcements(VrrpInstance instance, JsonWriter json) {
    Announcements garp = instance.announcements();
    json.member("garp_delay", Durations.wholeSeconds(garp.delayNanos()));
    json.member("garp_refresh", Durations.wholeSeconds(garp.refreshNanos()));
    json.member("garp_rep", garp.repeat());
    json.member("garp_refresh_rep", garp.refreshRepeat());
    json.member("garp_lower_prio_delay", Durations.wholeSeconds(garp.lowerPriorityDelayNanos()));
    json.member("garp_lower_prio_rep", garp.lowerPriorityRepeat());
    // keepalived has no key for it
    if (garp.otherLinks().refreshNanos() > 0) {
      json.member("garp_extra_if", Durations.wholeSeconds(garp.otherLinks().refreshNanos()));
    }
    json.member("lower_prio_no_advert", number(instance.conduct().lowerPriorityNoAdvert()));
    json.member("higher_prio_send_advert", number(instance.conduct().higherPrioritySendAdvert()));
  }

  private void election(RouterSnapshot router, JsonWriter json) {
    VrrpInstance instance = router.instance();
    json.member("vrid", instance.key().virtualRouterId());
    json.member("base_priority", instance.election().priority());
    json.member("effective_priority", router.priority().effective());
    json.member(
        "vipset", HeldAddresses.all(router).anyMatch(address -> held.isHeld(router, address)));
    json.member("promote_secondaries", instance.addresses().promoteSecondaries());
    json.number("adver_int", Durations.seconds(instance.protocol().advertIntervalNanos()));
    json.number("master_adver_int", Durations.seconds(router.masterIntervalNanos()));
    json.member("accept", number(instance.conduct().accept()));
    json.member("nopreempt", !instance.election().preempt());
    json.member("preempt_delay", Durations.wholeSeconds(instance.election().preemptDelayNanos()));
  }

  private static void state(RouterSnapshot router, JsonWriter json) {
    json.member("state", number(router.state()));
    json.member("wantstate", number(router.wantedState()));
    json.member("version", router.instance().protocol().version());
  }

  private void notifications(Notifications notifications, JsonWriter json) {
    json.member("smtp_alert", notifications.mail());
    json.member("notify_deleted", notifications.deleted());
    for (NotificationsText.Word word : NotificationsText.WORDS) {
      word.script(notifications)
          .ifPresent(script -> json.member(word.key(), commands.words(script)));
    }
  }

  /** COMPAT: files and what the sync group tracks have no keys. */
  private void tracking(Tracking tracking, JsonWriter json) {
    List<String> links = names(TrackKind.INTERFACE, tracking).toList();
    if (!links.isEmpty()) {
      json.member("track_ifp", links);
    }
    List<String> checks =
        names(TrackKind.SCRIPT, tracking)
            .filter(scripts::containsKey)
            .map(name -> commands.words(scripts.get(name).command()))
            .toList();
    if (!checks.isEmpty()) {
      json.member("track_script", checks);
    }
    List<String> processes = names(TrackKind.PROCESS, tracking).toList();
    if (!processes.isEmpty()) {
      json.member("track_process", processes);
    }
  }

  private static Stream<String> names(TrackKind kind, Tracking tracking) {
    return TrackedText.of(kind, tracking.things()).stream().map(each -> each.target().name());
  }

  /** The number that programs know a state by. */
  static int number(State state) {
    return switch (state) {
      case INIT -> 0;
      case BACKUP -> 1;
      case MASTER -> 2;
      case FAULT -> 3;
    };
  }

  private static int number(boolean value) {
    return value ? 1 : 0;
  }

  private void addresses(RouterSnapshot router, JsonWriter json) {
    VrrpInstance.Addresses addresses = router.instance().addresses();
    if (!addresses.advertised().isEmpty()) {
      json.member("vips", texts(router, addresses.advertised()));
    }
    if (!addresses.excluded().isEmpty()) {
      json.member("evips", texts(router, addresses.excluded()));
    }
    Routing routing = addresses.routing();
    if (!routing.routes().isEmpty()) {
      json.member("vroutes", routing.routes().stream().map(Route::text).toList());
    }
    if (!routing.rules().isEmpty()) {
      json.member("vrules", routing.rules().stream().map(RoutingRule::text).toList());
    }
  }

  private List<String> texts(RouterSnapshot router, List<VirtualAddress> addresses) {
    return addresses.stream().map(address -> held.text(router, address)).toList();
  }

  private static void authentication(Authentication authentication, JsonWriter json) {
    json.member("auth_type", authentication.type().ordinal());
    if (authentication.type() != Authentication.Type.NONE) {
      json.member("auth_data", InstanceText.HIDDEN);
    }
  }

  private static void statistics(Statistics counted, JsonWriter json) {
    json.member("advert_rcvd", counted.get(Counter.ADVERTISEMENTS_RECEIVED));
    json.member("advert_sent", counted.get(Counter.ADVERTISEMENTS_SENT));
    json.member("become_master", counted.get(Counter.BECAME_MASTER));
    json.member("release_master", counted.get(Counter.RELEASED_MASTER));
    json.member("packet_len_err", counted.get(StatisticsLine.LENGTH));
    json.member("advert_interval_err", counted.get(StatisticsLine.INTERVAL));
    json.member("ip_ttl_err", counted.get(StatisticsLine.TTL));
    json.member("invalid_type_rcvd", counted.get(StatisticsLine.TYPE));
    json.member("addr_list_err", counted.get(StatisticsLine.ADDRESS_LIST));
    json.member("invalid_authtype", counted.get(StatisticsLine.AUTHENTICATION_TYPE_UNKNOWN));
    json.member("authtype_mismatch", counted.get(StatisticsLine.AUTHENTICATION_TYPE_MISMATCH));
    json.member("auth_failure", counted.get(StatisticsLine.AUTHENTICATION_FAILURE));
    json.member("pri_zero_rcvd", counted.get(Counter.PRIORITY_ZERO_RECEIVED));
    json.member("pri_zero_sent", counted.get(Counter.PRIORITY_ZERO_SENT));
  }
}
