package org.jkeepalived.linux.netlink.ipvs;

import static org.jkeepalived.linux.netlink.ScriptedTransport.datagram;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.linux.netlink.NetlinkTransport;
import org.jkeepalived.linux.netlink.ScriptedTransport;
import org.jkeepalived.lvs.table.ServiceKey;

/** IPVS as far as it answers: it keeps no table, but tells what is prepared. */
final class FakeIpvs {

  static final int FAMILY = 32;
  static final byte[] DONE = datagram(writer -> writer.begin(3, 0, 0).s32(0).end());

  private static final int CTRL = 16;
  private static final int NLMSG_ERROR = 2;
  private static final int NLMSG_DONE = 3;
  private static final int NLM_F_REQUEST = 1;
  private static final int NLM_F_ACK = 4;
  private static final int NLM_F_DUMP = 0x300;

  Optional<Integer> family = Optional.of(FAMILY);

  /** It tells of what kind tunnels are. */
  boolean knowsTunnelKinds = true;

  /** It takes no request that says of what kind a tunnel is. */
  boolean refusesTunnelKinds;

  private final Map<Integer, Integer> refusals = new HashMap<>();
  private final Deque<byte[]> tables = new ArrayDeque<>();
  private int tableError;
  private boolean hasDestination;
  private final List<Integer> commands = new ArrayList<>();
  private int requests;
  private int datagrams;
  private int answered;
  private byte[] last = new byte[0];

  NetlinkTransport transport() {
    return new ScriptedTransport().respond(this::answer);
  }

  /** Answers the request that comes after {@code index} more with an error. */
  void refuse(int index, int errno) {
    refusals.put(requests + index, errno);
  }

  /** What it tells when it is asked for tables; each of them ends with NLMSG_DONE. */
  void tables(List<byte[]> messages) {
    tables.addAll(messages);
  }

  void refuseTables(int errno) {
    tableError = errno;
  }

  /** How many datagrams with changes have come. */
  int datagrams() {
    return datagrams;
  }

  /** How many changes were answered. */
  int answered() {
    return answered;
  }

  byte[] lastRequest() {
    return last.clone();
  }

  int lastCommand() {
    return last[16];
  }

  /** What it says to a datagram. */
  List<byte[]> answer(byte[] datagram) {
    ByteBuffer bytes = ScriptedTransport.order(ByteBuffer.wrap(datagram));
    List<byte[]> answers = new ArrayList<>();
    boolean changes = false;
    while (bytes.hasRemaining()) {
      byte[] request = new byte[bytes.getInt(bytes.position())];
      bytes.get(request);
      ByteBuffer header = ScriptedTransport.order(ByteBuffer.wrap(request));
      int type = header.getShort(4);
      int flags = header.getShort(6);
      int sequence = header.getInt(8);
      if (type == CTRL) {
        lookUp(sequence, answers);
      } else if ((flags & NLM_F_DUMP) != 0) {
        table(request[16], sequence, answers);
      } else {
        changes = true;
        change(request, flags, sequence, answers);
      }
    }
    datagrams += changes ? 1 : 0;
    return answers;
  }

  private void lookUp(int sequence, List<byte[]> answers) {
    family.ifPresent(
        number ->
            answers.add(
                datagram(
                    writer ->
                        writer
                            .begin(CTRL, 0, sequence)
                            .u8(1)
                            .u8(2)
                            .u16(0)
                            .attributeString(2, "IPVS")
                            .attributeU16(1, number)
                            .end())));
    answers.add(error(family.isPresent() ? 0 : Errno.ENOENT, sequence));
  }

  /** The commands of those that the kernel would read. */
  List<Integer> requests() {
    return List.copyOf(commands);
  }

  private void change(byte[] request, int flags, int sequence, List<byte[]> answers) {
    if ((flags & NLM_F_REQUEST) != 0) {
      commands.add((int) request[16]);
    }
    last = request;
    boolean refusedKind = refusesTunnelKinds && IpvsRequestText.of(request).containsKey("2.13");
    Integer errno = refusals.remove(requests++);
    if (errno != null || refusedKind || (flags & NLM_F_ACK) != 0) {
      answers.add(error(errno != null ? errno : refusedKind ? Errno.EINVAL : 0, sequence));
      answered++;
    }
    hasDestination |= request[16] == Ipvs.CMD_NEW_DEST && !refusedKind;
  }

  private void table(int command, int sequence, List<byte[]> answers) {
    if (tableError != 0) {
      answers.add(datagram(w -> w.begin(NLMSG_DONE, 0, sequence).s32(-tableError).end()));
      return;
    }
    if (tables.isEmpty()) {
      if (hasDestination && command == Ipvs.CMD_GET_DEST) {
        answers.add(withSequence(knowsTunnelKinds ? tunnelWithKind() : plainTunnel(), sequence));
      }
      answers.add(withSequence(DONE, sequence));
      return;
    }
    boolean ended = false;
    while (!ended) {
      byte[] next = tables.remove();
      answers.add(withSequence(next, sequence));
      ended = next[4] == NLMSG_DONE;
    }
  }

  private static byte[] withSequence(byte[] messages, int sequence) {
    byte[] copy = messages.clone();
    ByteBuffer bytes = ScriptedTransport.order(ByteBuffer.wrap(copy));
    for (int at = 0; at < copy.length; at += bytes.getInt(at)) {
      bytes.putInt(at + 8, sequence);
    }
    return copy;
  }

  private static byte[] error(int errno, int sequence) {
    return datagram(w -> w.begin(NLMSG_ERROR, 0, sequence).s32(-errno).end());
  }

  /** An entry of the table of services. */
  static byte[] service(ServiceKey key) {
    return datagram(
        writer -> {
          writer.begin(FAMILY, 2, 0).u8(Ipvs.CMD_NEW_SERVICE).u8(1).u16(0);
          ServiceMessage.write(writer, key, TestTable.plain("rr"));
          writer.end();
        });
  }

  /** A real server as kernels tell it that know one kind of tunnel. */
  static byte[] plainTunnel() {
    return tunnel(false);
  }

  private static byte[] tunnelWithKind() {
    return tunnel(true);
  }

  private static byte[] tunnel(boolean kind) {
    return datagram(
        writer -> {
          writer.begin(FAMILY, 2, 0).u8(Ipvs.CMD_NEW_DEST).u8(1).u16(0);
          int nested = writer.beginNested(Ipvs.ATTR_DEST);
          destination(writer);
          if (kind) {
            writer.attributeU8(Ipvs.DEST_TUN_TYPE, Ipvs.TUNNEL_IPIP);
          }
          writer.endNested(nested).end();
        });
  }

  private static void destination(MessageWriter writer) {
    writer
        .attribute(Ipvs.DEST_ADDR, IpvsAddress.encode(TestTable.at("10.9.0.11", 80).address()))
        .attributeNetworkU16(Ipvs.DEST_PORT, 80)
        .attributeU32(Ipvs.DEST_FWD_METHOD, Ipvs.CONN_F_TUNNEL)
        .attributeU32(Ipvs.DEST_WEIGHT, 1)
        .attributeU32(Ipvs.DEST_U_THRESH, 0)
        .attributeU32(Ipvs.DEST_L_THRESH, 0);
  }
}
