package org.jkeepalived.status;

import java.util.List;
import java.util.stream.Stream;
import org.jkeepalived.vrrp.Counter;
import org.jkeepalived.vrrp.Discard;
import org.jkeepalived.vrrp.Statistics;

/**
 * What keepalived does not count, as members of the JSON under a key of our own: programs that know
 * keepalived's keys pass over it. Its first version is an array of instances, in which nothing else
 * can stand; what concerns the daemon as a whole is in the second version only.
 */
final class FiguresJson {

  static final String KEY = "jkeepalived";

  private final HeldAddresses held;
  private final Figures figures;

  FiguresJson(VrrpSnapshot snapshot, HeldAddresses held) {
    this.held = held;
    figures = snapshot.machine().figures();
  }

  /** An instance's, with the frames or packets that it might have heard. */
  void instance(RouterSnapshot router, JsonWriter json) {
    Statistics counted = router.statistics();
    json.open(KEY);
    json.member("send_failures", counted.get(Counter.SEND_FAILURES));
    json.member("late_timers", counted.get(Counter.LATE_TIMERS));
    json.member("addresses_restored", counted.get(Counter.ADDRESSES_RESTORED));
    json.member("not_allowed", counted.get(Discard.NOT_ALLOWED));
    json.member("own_address_received", counted.get(Counter.OWN_ADDRESS_RECEIVED));
    json.member("dropped", traffic(router).dropped());
    json.close();
  }

  private Traffic traffic(RouterSnapshot router) {
    if (router.instance().key().isUnicast()) {
      return figures.unicast();
    }
    return held.linkIndex(router.instance().key().interfaceName())
        .map(index -> figures.links().getOrDefault(index, Traffic.NONE))
        .orElse(Traffic.NONE);
  }

  /** The links that have a port, by their names. */
  Stream<String> links(VrrpSnapshot.Machine machine) {
    return machine.links().stream()
        .filter(link -> figures.links().containsKey(link.index()))
        .map(link -> text(link.name(), figures.links().get(link.index())));
  }

  String unicast() {
    return text("unicast", figures.unicast());
  }

  List<String> threads() {
    return figures.threads().stream().map(FiguresJson::text).toList();
  }

  private static String text(String name, Traffic traffic) {
    return new JsonWriter()
        .open()
        .member("name", name)
        .member("received", traffic.received())
        .member("dropped", traffic.dropped())
        .member("sent", traffic.sent())
        .member("send_failures", traffic.sendFailures())
        .member("not_allowed", traffic.notAllowed())
        .close()
        .toString();
  }

  private static String text(Figures.ThreadFigures thread) {
    return new JsonWriter()
        .open()
        .member("name", thread.name())
        .number("greatest_lateness", Durations.seconds(thread.maxLatenessNanos()))
        .member("exceptions", thread.failures())
        .member("lost", thread.lost())
        .close()
        .toString();
  }
}
