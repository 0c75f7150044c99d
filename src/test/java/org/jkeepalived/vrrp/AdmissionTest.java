package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.jkeepalived.model.AllowedSenders;
import org.jkeepalived.model.AllowedSenders.Network;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  private static Admission of(String... lists) {
    return Admission.of(
        java.util.Arrays.stream(lists).map(words -> TestInstance.of(words.split(" "))).toList());
  }

  private static String texts(Admission admission, int vrid) {
    return admission.networks().get(vrid).stream().map(Network::text).toList().toString();
  }

  @Test
  void vridIsOpenWhereOneInstanceOfItIs() {
    assertTrue(of("vrid=51", "vrid=52").isOpen());
    Admission mixed =
        of(
            "vrid=51 allow_from=10.0.0.1",
            "vrid=52 allow_from=10.0.0.2",
            "vrid=52 group=224.0.0.99",
            "vrid=53 allow_from=10.0.0.3",
            "vrid=53 group=224.0.0.99 allow_from=10.0.0.4,10.0.0.3");
    assertEquals("[10.0.0.1/32]", texts(mixed, 51));
    assertFalse(mixed.networks().containsKey(52));
    assertEquals("[10.0.0.3/32, 10.0.0.4/32]", texts(mixed, 53));
    assertFalse(mixed.isOpen());
  }

  @Test
  void portOfAnotherAdmissionWillNotDo() {
    LinkPorts.Demand one =
        new LinkPorts.Demand(java.util.Set.of(), 1, 40, of("vrid=51 allow_from=10.0.0.1"));
    LinkPorts.Demand same =
        new LinkPorts.Demand(java.util.Set.of(), 1, 40, of("vrid=51 allow_from=10.0.0.1"));
    LinkPorts.Demand open = new LinkPorts.Demand(java.util.Set.of(), 1, 40, Admission.ALL);
    assertTrue(one.covers(same));
    assertFalse(one.covers(open));
    assertFalse(open.covers(one));
    assertNotEquals(one, open);
  }

  /** The bits, one by one, against numbers. */
  @Test
  void networkHasWhatBeginsLikeIt() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 2_000; i++) {
      int bits = random.nextInt(33);
      long mask = 0xffffffffL << (32 - bits) & 0xffffffffL;
      long base = random.nextLong() & mask;
      long other =
          random.nextBoolean()
              ? base | random.nextLong() & ~mask & 0xffffffffL
              : base ^ 1L << random.nextInt(32);
      Network network = new Network(TestInstance.address(dotted(base)), bits);
      boolean has = (other & mask) == base;
      assertEquals(has, network.has(TestInstance.address(dotted(other))));
      assertEquals(
          has, new AllowedSenders(List.of(network)).allow(TestInstance.address(dotted(other))));
    }
  }

  private static String dotted(long number) {
    return (number >> 24 & 255)
        + "."
        + (number >> 16 & 255)
        + "."
        + (number >> 8 & 255)
        + "."
        + (number & 255);
  }
}
