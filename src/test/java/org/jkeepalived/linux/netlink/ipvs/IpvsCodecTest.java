package org.jkeepalived.linux.netlink.ipvs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jkeepalived.dice.Dice;
import org.jkeepalived.dice.Trials;
import org.jkeepalived.linux.netlink.MessageReader;
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
import org.jkeepalived.model.lvs.Forwarding.Method;
import org.jkeepalived.model.lvs.Forwarding.Tunnel;
import org.jkeepalived.model.lvs.Protocol;
import org.jkeepalived.model.lvs.ServerAddress;
import org.junit.jupiter.api.Test;

/** Whatever is written is read as the same, and whatever is read throws nothing. */
class IpvsCodecTest {

  private static final int FAMILY = 32;
  private static final int REQUEST = 1;
  private static final long WHOLE_IPV4 = 0xffff_ffffL;
  private static final long WHOLE_IPV6 = 128;

  private static AddressFamily family(Dice dice) {
    return dice.of(AddressFamily.values());
  }

  private static ServerAddress address(Dice dice, AddressFamily family) {
    byte[] bytes = new byte[family == AddressFamily.IPV4 ? 4 : 16];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = dice.anyByte();
    }
    bytes[0] |= 0x20; // no IPv4 address in an IPv6 one
    try {
      return new ServerAddress(InetAddress.getByAddress(bytes), dice.between(0, 0xffff));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static ServiceKey key(Dice dice) {
    AddressFamily family = family(dice);
    return dice.flip()
        ? new ServiceKey.ByMark(dice.between(1, 0xffff_ffffL), family)
        : new ServiceKey.ByAddress(address(dice, family), dice.of(Protocol.values()));
  }

  private static ServiceSettings service(Dice dice, AddressFamily family) {
    long whole = family == AddressFamily.IPV4 ? WHOLE_IPV4 : WHOLE_IPV6;
    return new ServiceSettings(
        dice.of("rr", "wrr", "wlc", "sh"),
        dice.below(8),
        dice.flip(),
        dice.flip()
            ? Optional.empty()
            : Optional.of(
                new Binding(
                    dice.between(1, 0xffff_ffffL),
                    dice.flip() ? OptionalLong.empty() : OptionalLong.of(dice.below(whole)),
                    dice.flip() ? Optional.empty() : Optional.of("sip"))));
  }

  private static Forwarding forwarding(Dice dice) {
    Method method = dice.of(Method.values());
    if (method != Method.TUN) {
      return new Forwarding(method, Optional.empty());
    }
    Tunnel.Type type = dice.of(Tunnel.Type.values());
    OptionalInt port =
        type == Tunnel.Type.GUE ? OptionalInt.of(dice.between(1, 0xffff)) : OptionalInt.empty();
    return new Forwarding(
        method, Optional.of(new Tunnel(type, port, dice.of(Tunnel.Checksum.values()))));
  }

  private static DestinationSettings destination(Dice dice, Forwarding forwarding) {
    return new DestinationSettings(
        forwarding,
        dice.between(0, Integer.MAX_VALUE),
        dice.between(0, 0xffff_ffffL),
        dice.between(0, 0xffff_ffffL));
  }

  private static byte[] written(ChangeMessage messages, TableChange change, boolean tunnelKinds) {
    return ScriptedTransport.datagram(
        writer -> messages.write(writer, change, tunnelKinds, REQUEST, 7));
  }

  private static byte[] written(TableChange change) {
    return written(new ChangeMessage(FAMILY), change, true);
  }

  private static MessageReader only(byte[] datagram) {
    MessageReader reader = new MessageReader(ScriptedTransport.order(ByteBuffer.wrap(datagram)));
    assertTrue(reader.next());
    return reader;
  }

  @Test
  void servicesAreReadAsTheyWereWritten() {
    Trials.run(
        2_000,
        dice -> {
          ServiceKey key = key(dice);
          ServiceSettings settings = service(dice, key.family());
          assertEquals(
              Optional.of(new ServiceMessage(key, settings)),
              ServiceMessage.decode(only(written(new AddService(key, settings)))));
        });
  }

  @Test
  void realServersAreReadAsTheyWereWritten() {
    Trials.run(
        2_000,
        dice -> {
          ServiceKey key = key(dice);
          ServerAddress address = address(dice, family(dice));
          DestinationSettings settings = destination(dice, forwarding(dice));
          byte[] bytes = written(new AddDestination(key, address, settings));
          DestinationMessage read =
              DestinationMessage.decode(only(bytes), key.family()).orElseThrow();
          assertEquals(address, read.address());
          assertEquals(settings, read.settings());
        });
  }

  private static TableChange change(Dice dice, ServiceKey key, List<Forwarding> ways) {
    ServerAddress at = address(dice, dice.below(4) == 0 ? family(dice) : key.family());
    DestinationSettings settings = destination(dice, dice.of(ways));
    return switch (dice.below(10)) {
      case 0 -> new AddService(key, service(dice, key.family()));
      case 1 -> new EditService(key, service(dice, key.family()));
      case 2 -> new RemoveService(key);
      case 3 -> new EditDestination(key, at, settings);
      case 4 -> new RemoveDestination(key, at);
      default -> new AddDestination(key, at, settings);
    };
  }

  /** The pattern of one real server never shows in the next. */
  @Test
  void writesTheSameWhateverWasWrittenBefore() {
    Trials.run(
        1_000,
        dice -> {
          ChangeMessage messages = new ChangeMessage(FAMILY);
          List<ServiceKey> keys = dice.list(1, 3, () -> key(dice));
          List<Forwarding> ways = dice.list(1, 3, () -> forwarding(dice));
          boolean tunnelKinds = dice.flip();
          for (int left = 30; left > 0; left--) {
            TableChange change = change(dice, dice.of(keys), ways);
            tunnelKinds ^= dice.below(10) == 0;
            assertArrayEquals(
                written(new ChangeMessage(FAMILY), change, tunnelKinds),
                written(messages, change, tunnelKinds),
                change.toString());
          }
        });
  }

  @Test
  void anythingMayBeRead() {
    Trials.run(
        3_000,
        dice -> {
          ServiceKey key = key(dice);
          byte[] bytes =
              dice.flip()
                  ? written(new AddService(key, service(dice, key.family())))
                  : written(
                      new AddDestination(
                          key, address(dice, key.family()), destination(dice, forwarding(dice))));
          for (int i = dice.between(1, 6); i > 0; i--) {
            bytes[dice.between(16, bytes.length - 1)] = dice.anyByte();
          }
          ServiceMessage.decode(only(bytes));
          DestinationMessage.decode(only(bytes), family(dice));
        });
  }
}
