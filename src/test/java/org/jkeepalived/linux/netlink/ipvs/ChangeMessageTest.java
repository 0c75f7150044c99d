package org.jkeepalived.linux.netlink.ipvs;

import static org.jkeepalived.linux.netlink.ipvs.TestTable.at;
import static org.jkeepalived.linux.netlink.ipvs.TestTable.bound;
import static org.jkeepalived.linux.netlink.ipvs.TestTable.direct;
import static org.jkeepalived.linux.netlink.ipvs.TestTable.nat;
import static org.jkeepalived.linux.netlink.ipvs.TestTable.plain;
import static org.jkeepalived.linux.netlink.ipvs.TestTable.tcp;
import static org.jkeepalived.linux.netlink.ipvs.TestTable.tunnel;
import static org.jkeepalived.linux.netlink.ipvs.TestTable.udp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jkeepalived.linux.netlink.ScriptedTransport;
import org.jkeepalived.lvs.table.DestinationSettings;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.ServiceSettings;
import org.jkeepalived.lvs.table.ServiceSettings.Binding;
import org.jkeepalived.lvs.table.TableChange;
import org.jkeepalived.lvs.table.TableChange.AddDestination;
import org.jkeepalived.lvs.table.TableChange.AddService;
import org.jkeepalived.lvs.table.TableChange.EditDestination;
import org.jkeepalived.lvs.table.TableChange.EditService;
import org.jkeepalived.lvs.table.TableChange.RemoveDestination;
import org.jkeepalived.lvs.table.TableChange.RemoveService;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.Forwarding;
import org.jkeepalived.model.lvs.Forwarding.Tunnel.Checksum;
import org.jkeepalived.model.lvs.Forwarding.Tunnel.Type;
import org.junit.jupiter.api.Test;

/** Requests say what ipvsadm says, and nothing that the kernel does not need to be told. */
class ChangeMessageTest {

  private static final int FAMILY = 32;
  private static final int REQUEST_AND_ACK = 5;
  private static final int SEQUENCE = 0x6b0c8649;
  private static final ServiceKey WEB = tcp("10.9.0.101", 80);
  private static final ServiceKey DNS = udp("fd00:9::101", 53);

  /** Scheduler, flags, timeout and granularity of a service that is only named. */
  private static final Set<String> OF_SERVICE = Set.of("1.6", "1.7", "1.8", "1.9");

  /** All but family, address and port of a real server. */
  private static final Set<String> OF_SERVER =
      Set.of("2.3", "2.4", "2.5", "2.6", "2.13", "2.14", "2.15");

  private final CapturedMessages captured = CapturedMessages.read();

  private static byte[] bytes(TableChange change) {
    return ScriptedTransport.datagram(
        writer -> new ChangeMessage(FAMILY).write(writer, change, true, REQUEST_AND_ACK, SEQUENCE));
  }

  private void assertSaysTheSame(String command, TableChange change, Set<String> leftOut) {
    Map<String, String> theirs = IpvsRequestText.of(captured.request(command));
    Map<String, String> ours = IpvsRequestText.of(bytes(change));
    Set<String> missing = new TreeSet<>(theirs.keySet());
    missing.removeAll(ours.keySet());
    assertEquals(new TreeSet<>(leftOut), missing, command);
    theirs.keySet().retainAll(ours.keySet());
    if (IpvsRequestText.of(captured.request(command)).getOrDefault("2.11", "").equals("0200")) {
      // ipvsadm leaves something of the service's address behind a shorter one
      theirs.computeIfPresent("2.1", (name, hex) -> hex.substring(0, 8) + "0".repeat(24));
    }
    assertEquals(theirs, ours, command);
  }

  private static Set<String> both(Set<String> one, Set<String> other) {
    Set<String> both = new TreeSet<>(one);
    both.addAll(other);
    return both;
  }

  @Test
  void aServiceByteForByte() {
    byte[] theirs = captured.request("ipvsadm -A -t 10.9.0.101:80 -s wrr");
    byte[] ours = bytes(new AddService(WEB, plain("wrr")));
    // the flag that an attribute holds others, which is not needed, and the port id
    theirs[23] = 0;
    System.arraycopy(new byte[4], 0, theirs, 12, 4);
    assertEquals(HexFormat.of().formatHex(theirs), HexFormat.of().formatHex(ours));
  }

  @Test
  void services() {
    assertSaysTheSame(
        "ipvsadm -A -u [fd00:9::101]:53 -s sh -b sh-fallback,sh-port -p 360 -M 64 -o",
        new AddService(
            DNS,
            new ServiceSettings(
                "sh",
                0b011,
                true,
                Optional.of(new Binding(360, OptionalLong.of(64), Optional.empty())))),
        Set.of());
    assertSaysTheSame(
        "ipvsadm -A -f 5 -s rr -p 50 -M 255.255.255.0",
        new AddService(
            new ServiceKey.ByMark(5, AddressFamily.IPV4),
            bound("rr", new Binding(50, OptionalLong.of(0xffffff00L), Optional.empty()))),
        Set.of());
    assertSaysTheSame(
        "ipvsadm -A -u 10.9.0.101:5060 -s rr --pe sip -p 60",
        new AddService(
            udp("10.9.0.101", 5060),
            bound("rr", new Binding(60, OptionalLong.empty(), Optional.of("sip")))),
        Set.of());
    assertSaysTheSame(
        "ipvsadm -E -t 10.9.0.101:80 -s wlc", new EditService(WEB, plain("wlc")), Set.of());
    assertSaysTheSame("ipvsadm -D -t 10.9.0.101:80", new RemoveService(WEB), OF_SERVICE);
  }

  @Test
  void realServers() {
    Set<String> plain = both(OF_SERVICE, Set.of("2.11", "2.13", "2.14", "2.15"));
    assertSaysTheSame(
        "ipvsadm -a -t 10.9.0.101:80 -r 10.9.0.11:8080 -m -w 3 -x 100 -y 50",
        new AddDestination(
            WEB, at("10.9.0.11", 8080), new DestinationSettings(Forwarding.NAT, 3, 100, 50)),
        plain);
    assertSaysTheSame(
        "ipvsadm -a -u [fd00:9::101]:53 -r [fd00:9::11]:53 -g -w 1",
        new AddDestination(DNS, at("fd00:9::11", 53), direct(1)),
        plain);
    assertSaysTheSame(
        "ipvsadm -e -t 10.9.0.101:80 -r 10.9.0.11:8080 -m -w 0",
        new EditDestination(WEB, at("10.9.0.11", 8080), nat(0)),
        plain);
    assertSaysTheSame(
        "ipvsadm -d -t 10.9.0.101:80 -r 10.9.0.11:8080",
        new RemoveDestination(WEB, at("10.9.0.11", 8080)),
        both(OF_SERVICE, both(OF_SERVER, Set.of("2.11"))));
  }

  @Test
  void familyAndTunnelAreSaidWhereTheyAreNotTheUsual() {
    assertSaysTheSame(
        "ipvsadm -a -u [fd00:9::101]:53 -r 10.9.0.11:53 -i --tun-type gue --tun-port 6080"
            + " --tun-remcsum",
        new AddDestination(
            DNS, at("10.9.0.11", 53), tunnel(1, Type.GUE, OptionalInt.of(6080), Checksum.REMOTE)),
        OF_SERVICE);
    Map<String, String> ipip =
        IpvsRequestText.of(
            bytes(
                new AddDestination(
                    WEB,
                    at("10.9.0.11", 80),
                    tunnel(1, Type.IPIP, OptionalInt.empty(), Checksum.NONE))));
    assertEquals("02000000", ipip.get("2.3"));
    assertTrue(ipip.keySet().stream().noneMatch(Set.of("2.13", "2.14", "2.15")::contains));
  }

  @Test
  void highestValuesFit() {
    Map<String, String> text =
        IpvsRequestText.of(
            bytes(
                new AddDestination(
                    new ServiceKey.ByMark(0xffff_ffffL, AddressFamily.IPV6),
                    at("fd00:9::1", 65535),
                    new DestinationSettings(
                        Forwarding.NAT, Integer.MAX_VALUE, 0xffff_ffffL, 0xffff_fffeL))));
    assertEquals("ffffffff", text.get("1.5"));
    assertEquals("ffff", text.get("2.2"));
    assertEquals("ffffff7f", text.get("2.4"));
    assertEquals("ffffffff", text.get("2.5"));
    assertEquals("feffffff", text.get("2.6"));
  }

  @Test
  void hundredsFitIntoADatagram() {
    int bytes = bytes(new AddDestination(DNS, at("fd00:9::11", 53), nat(1))).length;
    assertTrue(bytes <= 32 * 1024 / 200, "a real server takes " + bytes + " bytes");
  }
}
