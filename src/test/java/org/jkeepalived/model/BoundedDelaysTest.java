package org.jkeepalived.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.model.LinkWatch.Delays;
import org.jkeepalived.vrrp.TestInstance;
import org.junit.jupiter.api.Test;

/** All expected figures are keepalived 2.2.7's. */
class BoundedDelaysTest {

  private static final long MILLI = 1_000_000L;
  private static final long MICRO = 1_000L;

  private final Map<String, Delays> written = new LinkedHashMap<>();

  private static VrrpInstance instance(String name, String link, long intervalMillis) {
    VrrpInstance made = TestInstance.of("name=" + name, "interface=" + link);
    return made.protocol(made.protocol().advertIntervalNanos(intervalMillis * MILLI));
  }

  private void assertBounded(Map<String, Delays> delays, List<String> by, VrrpInstance... all) {
    BoundedDelays found =
        BoundedDelays.of(
            new Configuration(
                new GlobalDefinitions("x", Optional.empty(), Optional.empty(), false, 0, 0, false),
                List.of(all),
                List.of(),
                Trackers.NONE,
                new LinkWatch(written, Map.of("eth9", LinkWatch.Polling.MII)),
                Reporting.NONE,
                LifeScripts.NONE));
    assertEquals(delays, found.links().delays());
    assertEquals(by, found.exceeded().stream().map(VrrpInstance::name).toList());
    assertEquals(Map.of("eth9", LinkWatch.Polling.MII), found.links().polled());
  }

  @Test
  void eachDelayIsLessThanTwoIntervals() {
    written.put("eth0", new Delays(1990 * MILLI, 2000 * MILLI));
    assertBounded(
        Map.of("eth0", new Delays(1990 * MILLI, 1_996_094 * MICRO)),
        List.of("A"),
        instance("A", "eth0", 1000));
  }

  @Test
  void whatIsLessByAnythingIsKept() {
    written.put("eth0", new Delays(3993 * MILLI, 3999 * MILLI));
    assertBounded(Map.copyOf(written), List.of(), instance("A", "eth0", 2000));
  }

  @Test
  void theShortestIntervalOnTheLinkCounts() {
    written.put("eth0", new Delays(10_000 * MILLI, 500 * MILLI));
    assertBounded(
        Map.of("eth0", new Delays(3_992_188 * MICRO, 500 * MILLI)),
        List.of("A", "B"),
        instance("A", "eth0", 3000),
        instance("B", "eth0", 2000),
        instance("C", "eth0", 4000));
  }

  @Test
  void anIntervalMayBePartOfASecond() {
    written.put("eth0", new Delays(10_000 * MILLI, 20_000 * MILLI));
    assertBounded(
        Map.of("eth0", new Delays(738_555 * MICRO, 738_555 * MICRO)),
        List.of("E"),
        instance("E", "eth0", 370));
  }

  /** Of the link that stands on another one; one that says otherwise for itself is right. */
  @Test
  void whatStandsOnALinkCountsAsThatDoes() {
    Delays base = new Delays(500 * MILLI, 600 * MILLI);
    Delays own = new Delays(100 * MILLI, 200 * MILLI);
    written.put("eth0", base);
    written.put("vrrp.8", own);
    assertBounded(
        Map.of("eth0", base, "vrrp.7", base, "vrrp.8", own),
        List.of(),
        instance("A", "eth0", 1000).links(vmac("vrrp.7", "eth0")),
        instance("B", "eth0", 1000).links(vmac("vrrp.8", "eth0")),
        instance("C", "eth1", 1000).links(vmac("vrrp.9", "eth1")));
  }

  private static OwnLinks vmac(String name, String base) {
    VirtualLink link =
        new VirtualLink(
            name,
            base,
            VirtualLink.Macvlan.of(AddressFamily.IPV4, 7),
            Set.of(AddressFamily.IPV4),
            OptionalLong.empty(),
            false);
    return new OwnLinks(Optional.of(link), false, List.of(), false);
  }

  @Test
  void nobodySpeaksOnALinkThatIsOnlyTracked() {
    written.put("eth1", new Delays(10_000 * MILLI, 20_000 * MILLI));
    assertBounded(Map.copyOf(written), List.of(), instance("A", "eth0", 1000));
  }
}
