package org.jkeepalived.linux.netlink.ipvs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.dice.Dice;
import org.jkeepalived.dice.Trials;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.NetlinkConnection;
import org.jkeepalived.linux.netlink.ScriptedTransport;
import org.jkeepalived.lvs.sync.RunningSync;
import org.jkeepalived.lvs.sync.SyncDaemons.Reading;
import org.jkeepalived.lvs.sync.SyncRole;
import org.jkeepalived.model.lvs.SyncDaemon.Transport;
import org.junit.jupiter.api.Test;

/** Sync daemons are started, stopped and told of in the words of ipvsadm and the kernel. */
class SyncDaemonMessagesTest {

  private static final String ALL_OPTIONS =
      "ipvsadm --start-daemon backup --mcast-interface eth1 --syncid 255 --sync-maxlen 1400"
          + " --mcast-port 9000 --mcast-ttl 3 --mcast-group ff02::99";

  private final CapturedMessages captured = CapturedMessages.read();
  private final FakeIpvs kernel = new FakeIpvs();
  private final IpvsConnection ipvs = open();

  private IpvsConnection open() {
    try {
      return IpvsConnection.on(new NetlinkConnection(kernel.transport()), warning -> {})
          .orElseThrow();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static InetAddress ip(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static RunningSync plain(SyncRole role, String link, int id) {
    return new RunningSync(role, link, id, Transport.KERNEL);
  }

  private static Transport transport(int maxLength, int port, int ttl, String group) {
    return new Transport(
        OptionalInt.of(maxLength),
        OptionalInt.of(port),
        OptionalInt.of(ttl),
        Optional.of(ip(group)));
  }

  /** All but the flag that an attribute holds others, the sequence number and the port id. */
  private static String comparable(byte[] message) {
    byte[] copy = message.clone();
    copy[23] = 0;
    System.arraycopy(new byte[8], 0, copy, 8, 8);
    return HexFormat.of().formatHex(copy);
  }

  @Test
  void aStartByteForByte() {
    assertEquals(Optional.empty(), ipvs.startSync(plain(SyncRole.MASTER, "eth0", 7)));
    assertEquals(
        comparable(
            captured.request("ipvsadm --start-daemon master --mcast-interface eth0 --syncid 7")),
        comparable(kernel.lastRequest()));
  }

  @Test
  void everyOption() {
    ipvs.startSync(
        new RunningSync(SyncRole.BACKUP, "eth1", 255, transport(1400, 9000, 3, "ff02::99")));
    assertEquals(
        IpvsRequestText.of(captured.request(ALL_OPTIONS)),
        IpvsRequestText.of(kernel.lastRequest()));
    Transport some =
        new Transport(
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.of(9),
            Optional.of(ip("224.0.0.99")));
    ipvs.startSync(new RunningSync(SyncRole.MASTER, "lo", 0, some));
    assertEquals(
        IpvsRequestText.of(
            captured.request(
                "ipvsadm --start-daemon master --mcast-interface lo --mcast-group 224.0.0.99"
                    + " --mcast-ttl 9")),
        IpvsRequestText.of(kernel.lastRequest()));
  }

  /** ipvsadm tells link and id as well, which nobody reads. */
  @Test
  void aStopNamesTheRole() {
    for (SyncRole role : SyncRole.values()) {
      assertEquals(Optional.empty(), ipvs.stopSync(role));
      Map<String, String> theirs =
          IpvsRequestText.of(captured.request("ipvsadm --stop-daemon " + role.text()));
      Map<String, String> ours = IpvsRequestText.of(kernel.lastRequest());
      assertEquals(theirs.get("3.1"), ours.get("3.1"));
      assertEquals(theirs.get("command"), ours.get("command"));
      assertEquals(2, ours.size());
    }
  }

  @Test
  void oneThatDoesNotRunIsStopped() {
    kernel.refuse(0, Errno.ESRCH);
    assertEquals(Optional.empty(), ipvs.stopSync(SyncRole.MASTER));
    kernel.refuse(0, Errno.EPERM);
    assertEquals(Errno.EPERM, ipvs.stopSync(SyncRole.MASTER).orElseThrow().number());
  }

  @Test
  void refusalsAreTold() {
    kernel.refuse(0, Errno.ENODEV);
    assertEquals(
        Errno.ENODEV, ipvs.startSync(plain(SyncRole.MASTER, "eth7", 0)).orElseThrow().number());
    kernel.refuse(0, Errno.EEXIST);
    assertEquals(
        Errno.EEXIST, ipvs.startSync(plain(SyncRole.MASTER, "eth0", 0)).orElseThrow().number());
    kernel.refuseTables(Errno.EPERM);
    Reading reading = ipvs.readSync();
    assertEquals(Errno.EPERM, reading.error().orElseThrow().number());
    assertEquals(List.of(), reading.running());
  }

  @Test
  void readsWhatTheKernelTold() {
    kernel.tables(captured.answers("ipvsadm -l --daemon"));
    assertEquals(
        new Reading(
            List.of(
                new RunningSync(SyncRole.MASTER, "eth0", 7, transport(1472, 8848, 1, "224.0.0.81")),
                new RunningSync(
                    SyncRole.BACKUP, "eth1", 255, transport(1400, 9000, 3, "ff02::99"))),
            Optional.empty()),
        ipvs.readSync());
  }

  private static RunningSync any(Dice dice) {
    Transport transport =
        new Transport(
            dice.flip() ? OptionalInt.empty() : OptionalInt.of(dice.between(1, 65_507)),
            dice.flip() ? OptionalInt.empty() : OptionalInt.of(dice.between(1, 65_535)),
            dice.flip() ? OptionalInt.empty() : OptionalInt.of(dice.between(1, 255)),
            dice.flip() ? Optional.empty() : Optional.of(ip(dice.of("224.0.0.82", "ff05::5"))));
    return new RunningSync(
        dice.of(SyncRole.values()), dice.of("eth0", "e"), dice.between(0, 255), transport);
  }

  private static byte[] written(RunningSync daemon) {
    return ScriptedTransport.datagram(
        writer -> {
          writer.begin(FakeIpvs.FAMILY, 2, 0).u8(Ipvs.CMD_NEW_DAEMON).u8(1).u16(0);
          DaemonMessage.write(writer, daemon);
          writer.end();
        });
  }

  private static MessageReader only(byte[] datagram) {
    MessageReader reader = new MessageReader(ScriptedTransport.order(ByteBuffer.wrap(datagram)));
    assertTrue(reader.next());
    return reader;
  }

  @Test
  void isReadAsItWasWritten() {
    Trials.run(
        1_000,
        dice -> {
          RunningSync daemon = any(dice);
          assertEquals(Optional.of(daemon), DaemonMessage.decode(only(written(daemon))));
        });
  }

  @Test
  void anythingMayBeRead() {
    Trials.run(
        2_000,
        dice -> {
          byte[] bytes = written(any(dice));
          for (int i = dice.between(1, 6); i > 0; i--) {
            bytes[dice.between(16, bytes.length - 1)] = dice.anyByte();
          }
          DaemonMessage.decode(only(bytes));
        });
  }
}
