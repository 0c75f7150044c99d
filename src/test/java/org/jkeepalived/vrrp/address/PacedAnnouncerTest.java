package org.jkeepalived.vrrp.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.TestLinks;
import org.jkeepalived.model.Announcements;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.vrrp.TestInstance;
import org.junit.jupiter.api.Test;

class PacedAnnouncerTest {

  private static final long SECOND_NANOS = 1_000_000_000L;

  private final List<String> sent = new ArrayList<>();
  private final Map<String, LinkState> links = new LinkedHashMap<>();
  private final Set<String> opening = new TreeSet<>();
  private final TimerQueue timers = new TimerQueue();
  private long nowNanos;
  private final PacedAnnouncer announcer =
      new PacedAnnouncer(
          new AnnouncementSender() {
            @Override
            public void announce(LinkState link, InetAddress address) {
              sent.add(link.index() + " " + lastByte(address));
            }

            @Override
            public boolean isOpening(LinkState link) {
              return opening.contains(link.name());
            }
          },
          name -> Optional.ofNullable(links.get(name)),
          timers,
          () -> nowNanos,
          line -> {});

  PacedAnnouncerTest() {
    links.put("eth0", link(1, "eth0", 6));
    links.put("eth1", link(2, "eth1", 6));
  }

  @Test
  void everyAddressIsAnnouncedOnceBeforeAnyIsAgain() {
    announce("one", "eth0", 0, 2, 1, 2, 3);
    all();
    assertEquals(List.of("1 1", "1 2", "1 3", "1 1", "1 2", "1 3"), sent);
  }

  /** A flood of weaker advertisements asks for the same again and again. */
  @Test
  void addressThatWaitsIsNotQueuedAgain() {
    for (int i = 0; i < 1_000; i++) {
      announce("one", "eth0", SECOND_NANOS, 2, 1, 2, 3);
      announcer.step();
    }
    assertEquals(3, announcer.waiting());
    assertEquals(List.of("1 1"), sent, "the interval lasts");
  }

  @Test
  void linksTakeTurns() {
    announce("one", "eth0", 0, 1, 1, 2, 3);
    announce("two", "eth1", 0, 1, 7, 8, 9);
    all();
    assertEquals(List.of("1 1", "2 7", "1 2", "2 8", "1 3", "2 9"), sent);
  }

  @Test
  void turnSendsAFewAndSaysThatThereAreMore() {
    announce("one", "eth0", 0, 3, IntStream.range(0, 250).toArray());
    assertTrue(announcer.step());
    assertEquals(256, sent.size());
    assertTrue(announcer.step());
    assertFalse(announcer.step());
    assertEquals(750, sent.size());
  }

  @Test
  void linkThatIsOnlyBeingOpenedIsWaitedForAndKeepsNobodyElseWaiting() {
    opening.add("eth0");
    announce("one", "eth0", 0, 2, 1);
    announce("two", "eth1", 0, 1, 7);
    assertFalse(announcer.step(), "there is nothing to do until the port answers");
    assertEquals(List.of("2 7"), sent);
    announcer.goOn();
    assertFalse(announcer.step(), "it was another port that answered");
    assertEquals(List.of("2 7"), sent);
    opening.clear();
    announcer.goOn();
    announcer.step();
    assertEquals(List.of("2 7", "1 1", "1 1"), sent);
  }

  @Test
  void whatWaitsForALinkIsForgottenWithItsOwner() {
    opening.add("eth0");
    announce("one", "eth0", 0, 2, 1);
    announce("two", "eth0", 0, 1, 2);
    announcer.step();
    announcer.cancel("one");
    opening.clear();
    announcer.goOn();
    announcer.step();
    assertEquals(List.of("1 2"), sent);
  }

  @Test
  void intervalHoldsUpItsOwnLinkOnly() {
    announce("one", "eth0", SECOND_NANOS, 1, 1, 2);
    announce("two", "eth1", 0, 2, 7);
    assertFalse(announcer.step());
    assertEquals(List.of("1 1", "2 7", "2 7"), sent);
    advance(SECOND_NANOS - 1);
    assertFalse(announcer.step());
    assertEquals(3, sent.size());
    advance(1);
    assertFalse(announcer.step());
    assertEquals("1 2", sent.get(3));
    advance(SECOND_NANOS);
    announcer.step();
    assertEquals(4, sent.size());
  }

  @Test
  void whatIsAddedWhileTheIntervalRunsWaitsForItsEnd() {
    announce("one", "eth0", SECOND_NANOS, 1, 1);
    announcer.step();
    announce("two", "eth0", SECOND_NANOS, 1, 2);
    assertFalse(announcer.step());
    assertEquals(List.of("1 1"), sent);
    advance(SECOND_NANOS);
    announcer.step();
    assertEquals(List.of("1 1", "1 2"), sent);
  }

  @Test
  void cancelledOnesAreNotSentAndCostNothing() {
    announce("one", "eth0", 0, 1, IntStream.range(0, 80).toArray());
    announce("two", "eth0", 0, 1, 99);
    announcer.cancel("one");
    assertFalse(announcer.step());
    assertEquals(List.of("1 99"), sent);
  }

  @Test
  void newSetReplacesWhatIsLeftOfTheOldOne() {
    announce("one", "eth0", 0, 5, 1);
    announce("one", "eth0", 0, 1, 2);
    all();
    assertEquals(List.of("1 2"), sent);
  }

  @Test
  void linkThatIsGoneOrIsNoEthernetIsPassedOver() {
    links.put("tun0", link(3, "tun0", 0));
    announce("one", "tun0", 0, 2, 1);
    announce("two", "gone0", 0, 2, 2);
    announce("three", "eth0", 0, 1, 3);
    all();
    assertEquals(List.of("1 3"), sent);
  }

  /** vrrp_gna_interval is of IPv6 alone, and vrrp_garp_interval of IPv4. */
  @Test
  void theFamiliesHaveIntervalsOfTheirOwn() {
    List<VirtualAddress> addresses =
        TestInstance.of("addresses=fe80::1,fe80::2", "excluded=10.0.0.3,10.0.0.4")
            .addresses()
            .all();
    announcer.announce(
        "one", "one", addresses, 1, Announcements.STANDARD.neighbourIntervalNanos(1_000));
    all();
    assertEquals(3, sent.size(), sent::toString);
    announcer.announce("one", "one", addresses, 1, Announcements.STANDARD.intervalNanos(1_000));
    all();
    assertEquals(4, sent.size(), "the pauses of both go on: " + sent);
  }

  private void announce(String owner, String device, long intervalNanos, int repeat, int... last) {
    List<VirtualAddress> addresses =
        IntStream.of(last)
            .mapToObj(
                number ->
                    TestInstance.of("interface=" + device, "addresses=10.0.0." + number)
                        .addresses()
                        .advertised()
                        .get(0))
            .toList();
    // the owner is told apart by identity, and a literal is the same one each time
    announcer.announce(
        owner, owner, addresses, repeat, Announcements.STANDARD.intervalNanos(intervalNanos));
  }

  private void all() {
    while (announcer.step()) {
      // as the loop does
    }
  }

  private void advance(long nanos) {
    nowNanos += nanos;
    while (timers.fireNext(nowNanos)) {
      // as the loop does
    }
  }

  private static int lastByte(InetAddress address) {
    return address.getAddress()[3] & 0xff;
  }

  private static LinkState link(int index, String name, int addressBytes) {
    return new LinkState(
        index,
        name,
        new byte[addressBytes],
        TestLinks.UP,
        1500,
        addressBytes == 6 ? LinkState.ETHERNET : 65534,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }
}
