package org.jkeepalived.host.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.linux.packet.LinkPort;
import org.jkeepalived.model.AllowedSenders.Network;
import org.jkeepalived.vrrp.Admission;
import org.jkeepalived.vrrp.LinkPorts;
import org.junit.jupiter.api.Test;
import org.pcap4j.core.BpfProgram;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.namednumber.DataLinkType;

/** Which frames the kernel hands over: tried with the program that libpcap makes of it. */
class CaptureFilterTest {

  private static Network network(String text) throws Exception {
    String[] parts = text.split("/");
    return new Network(InetAddress.getByName(parts[0]), Integer.parseInt(parts[1]));
  }

  private static List<Network> networks(String... texts) throws Exception {
    Network[] networks = new Network[texts.length];
    for (int i = 0; i < texts.length; i++) {
      networks[i] = network(texts[i]);
    }
    return List.of(networks);
  }

  /** A frame to the group, with an IP header of so many words. */
  private static byte[] frame(String source, int vrid, int words) throws Exception {
    byte[] frame = new byte[14 + 4 * words + 16];
    frame[0] = 1;
    frame[12] = 8;
    frame[14] = (byte) (0x40 | words);
    frame[23] = 112;
    System.arraycopy(InetAddress.getByName(source).getAddress(), 0, frame, 26, 4);
    frame[30] = (byte) 224;
    frame[33] = 18;
    frame[14 + 4 * words] = 0x21;
    frame[14 + 4 * words + 1] = (byte) vrid;
    return frame;
  }

  private static boolean passes(String filter, byte[] frame) throws Exception {
    try (PcapHandle dead = Pcaps.openDead(DataLinkType.EN10MB, 65535)) {
      BpfProgram program =
          dead.compileFilter(filter, BpfCompileMode.OPTIMIZE, PcapHandle.PCAP_NETMASK_UNKNOWN);
      try {
        return program.applyFilter(frame);
      } finally {
        program.free();
      }
    }
  }

  private static void assertHeard(boolean heard, Admission admission, String source, int vrid)
      throws Exception {
    CaptureFilter filter = CaptureFilter.of(admission);
    for (int words : new int[] {5, 6, 15}) {
      byte[] frame = frame(source, vrid, words);
      assertEquals(heard, passes(filter.heard(), frame), source + " to " + vrid);
      assertEquals(!heard, passes(filter.refused().orElseThrow(), frame), source + " to " + vrid);
    }
  }

  @Test
  void allIsHeardWhereAllMaySpeak() {
    assertEquals(
        new CaptureFilter(LinkPort.ADVERTISEMENTS, Optional.empty()),
        CaptureFilter.of(Admission.ALL));
  }

  @Test
  void othersAreLeftInTheKernel() throws Exception {
    Admission admission =
        new Admission(
            Map.of(
                51, networks("10.0.0.2/32", "192.168.0.0/16"),
                52, networks("10.0.0.2/32", "192.168.0.0/16"),
                255, networks("0.0.0.0/0")));
    assertHeard(true, admission, "10.0.0.2", 51);
    assertHeard(true, admission, "192.168.7.9", 52);
    assertHeard(false, admission, "10.0.0.3", 51);
    assertHeard(false, admission, "192.169.0.1", 52);
    assertHeard(true, admission, "10.0.0.3", 255);
    assertHeard(true, admission, "10.0.0.3", 53);
  }

  /** An IPv6 frame to the group. */
  private static byte[] frame6(String source, int vrid) throws Exception {
    byte[] frame = new byte[14 + 40 + 24];
    frame[0] = 0x33;
    frame[1] = 0x33;
    frame[12] = (byte) 0x86;
    frame[13] = (byte) 0xdd;
    frame[14] = 0x60;
    frame[19] = 24;
    frame[20] = 112;
    frame[21] = (byte) 255;
    System.arraycopy(InetAddress.getByName(source).getAddress(), 0, frame, 22, 16);
    System.arraycopy(InetAddress.getByName("ff02::12").getAddress(), 0, frame, 38, 16);
    frame[54] = 0x31;
    frame[55] = (byte) vrid;
    return frame;
  }

  /** Each family has its own lists, also under one VRID. */
  @Test
  void othersThatSpeakIpv6AreLeftInTheKernelToo() throws Exception {
    Admission admission =
        new Admission(
            Map.of(51, networks("10.0.0.2/32")),
            false,
            Map.of(51, networks("fe80::2/128", "fe80:0:0:7::/64"), 52, networks("fe80::3/128")));
    InetAddress four = InetAddress.getByName("224.0.0.18");
    InetAddress six = InetAddress.getByName("ff02::12");
    for (Set<InetAddress> groups : List.of(Set.of(six), Set.of(four, six))) {
      CaptureFilter filter = CaptureFilter.of(new LinkPorts.Demand(groups, 1, 40, admission));
      for (String source : List.of("fe80::2", "fe80:0:0:8::9", "fe80:0:0:7::9", "fe80::3")) {
        for (int vrid : new int[] {51, 52, 53}) {
          boolean heard =
              vrid == 53
                  || vrid == 51 && (source.equals("fe80::2") || source.equals("fe80:0:0:7::9"))
                  || vrid == 52 && source.equals("fe80::3");
          String what = source + " to " + vrid;
          assertEquals(heard, passes(filter.heard(), frame6(source, vrid)), what);
          assertEquals(!heard, passes(filter.refused().orElseThrow(), frame6(source, vrid)), what);
        }
      }
      boolean speaksIpv4 = groups.contains(four);
      assertEquals(speaksIpv4, passes(filter.heard(), frame("10.0.0.2", 51, 5)));
      assertFalse(passes(filter.heard(), frame("10.0.0.3", 51, 5)));
      assertEquals(speaksIpv4, passes(filter.refused().orElseThrow(), frame("10.0.0.3", 51, 5)));
    }
  }

  @Test
  void authenticatedOnesAreHeardWhereSomebodyWantsThem() throws Exception {
    Map<Integer, List<Network>> listed = Map.of(51, networks("10.0.0.2/32"));
    CaptureFilter without = CaptureFilter.of(new Admission(listed));
    CaptureFilter with = CaptureFilter.of(new Admission(listed, true));
    CaptureFilter open = CaptureFilter.of(new Admission(Map.of(), true));
    for (String source : List.of("10.0.0.2", "10.0.0.3")) {
      byte[] plain = frame(source, 51, 5);
      byte[] authenticated = authenticated(plain);
      boolean listedOne = source.equals("10.0.0.2");
      assertFalse(passes(without.heard(), authenticated));
      assertTrue(passes(open.heard(), authenticated));
      assertTrue(passes(open.heard(), plain));
      assertEquals(listedOne, passes(with.heard(), authenticated));
      assertEquals(!listedOne, passes(with.refused().orElseThrow(), authenticated));
      assertEquals(listedOne, passes(with.heard(), plain));
    }
  }

  /** The same advertisement behind an authentication header. */
  private static byte[] authenticated(byte[] plain) {
    byte[] frame = new byte[plain.length + 24];
    System.arraycopy(plain, 0, frame, 0, 34);
    frame[23] = 51;
    frame[34] = 112;
    frame[35] = 4;
    System.arraycopy(plain, 34, frame, 58, plain.length - 34);
    return frame;
  }

  @Test
  void whatIsNoAdvertisementIsNeither() throws Exception {
    CaptureFilter filter = CaptureFilter.of(new Admission(Map.of(51, networks("10.0.0.2/32"))));
    byte[] frame = frame("10.0.0.9", 51, 5);
    assertTrue(passes(filter.refused().orElseThrow(), frame));
    frame[23] = 17;
    assertFalse(passes(filter.refused().orElseThrow(), frame));
    assertFalse(passes(filter.heard(), frame));
  }

  /** As many as a link can have, with one list; too many of their own are looked at here. */
  @Test
  void programsFitIntoTheKernel() throws Exception {
    Map<Integer, List<Network>> alike = new HashMap<>();
    Map<Integer, List<Network>> different = new HashMap<>();
    for (int vrid = 1; vrid < 256; vrid++) {
      alike.put(vrid, networks("10.0.0.2/32", "10.0.0.3/32"));
      different.put(vrid, networks("10.0.0." + vrid + "/32"));
    }
    assertHeard(false, new Admission(alike), "10.0.0.9", 200);
    assertEquals(CaptureFilter.of(Admission.ALL), CaptureFilter.of(new Admission(different)));
  }
}
