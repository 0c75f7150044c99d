package org.jkeepalived.linux.netlink.process;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.linux.netlink.Netlink;
import org.jkeepalived.track.ProcessEvents;

/**
 * The messages of the kernel's process connector (linux/cn_proc.h, linux/connector.h). Reading
 * never throws.
 *
 * <pre>
 * netlink header (16), then its payload:
 * struct cn_msg: idx (4), val (4), seq (4), ack (4), len (2), flags (2)
 * struct proc_event: what (4), cpu (4), timestamp (8), and by what happened
 *   acknowledgement: error (4)
 *   fork:  parent's thread (4), parent (4), child's thread (4), child (4)
 *   exec:  thread (4), process (4)
 *   comm:  thread (4), process (4), name (16)
 *   exit:  thread (4), process (4), …
 * </pre>
 */
final class ProcessMessages {
  private static final int CN_IDX_PROC = 1;
  private static final int CN_VAL_PROC = 1;
  private static final int CONNECTOR_BYTES = 20;

  private static final int WHAT_OFFSET = CONNECTOR_BYTES;
  private static final int DATA_OFFSET = CONNECTOR_BYTES + 16;
  private static final int NAME_BYTES = 16;

  static final int NONE = 0;
  static final int FORK = 1;
  static final int EXEC = 2;
  static final int COMM = 0x200;
  static final int EXIT = 0x80000000;

  /** From the beginning of the datagram, for a filter in the kernel. */
  static final int WHAT_IN_DATAGRAM = MessageWriter.HEADER_BYTES + WHAT_OFFSET;

  static final int DATA_IN_DATAGRAM = MessageWriter.HEADER_BYTES + DATA_OFFSET;

  private ProcessMessages() {}

  /** Writes the message that begins the reports, or ends them. */
  static void request(MessageWriter writer, boolean listen) {
    writer
        .begin(Netlink.NLMSG_DONE, 0, 0)
        .u32(CN_IDX_PROC)
        .u32(CN_VAL_PROC)
        .u32(0)
        .u32(0)
        .u16(Integer.BYTES)
        .u16(0)
        .u32(listen ? 1 : 2)
        .end();
  }

  /**
   * Tells what a datagram reports.
   *
   * @return the acknowledgement's error number, 0 for success; -1 if there is none in it
   */
  static int tell(ByteBuffer datagram, ProcessEvents events, long nowNanos) {
    int acknowledged = -1;
    for (MessageReader message = new MessageReader(datagram); message.next(); ) {
      if (message.type() != Netlink.NLMSG_DONE
          || message.s32(0) != CN_IDX_PROC
          || message.s32(4) != CN_VAL_PROC
          || message.payloadLength() < DATA_OFFSET + 2 * Integer.BYTES) {
        continue;
      }
      if (message.s32(WHAT_OFFSET) == NONE) {
        acknowledged = message.s32(DATA_OFFSET);
      } else {
        tell(message, events, nowNanos);
      }
    }
    return acknowledged;
  }

  private static void tell(MessageReader message, ProcessEvents events, long nowNanos) {
    int thread = message.s32(DATA_OFFSET);
    int process = message.s32(DATA_OFFSET + 4);
    switch (message.s32(WHAT_OFFSET)) {
      case FORK:
        int child = message.s32(DATA_OFFSET + 12);
        if (child == message.s32(DATA_OFFSET + 8) && child > 0) {
          events.forked(process, child, nowNanos);
        }
        break;
      case EXEC:
        // the thread that does it becomes the process's first one
        events.executed(process, nowNanos);
        break;
      case COMM:
        if (thread == process) {
          events.renamed(process, name(message), nowNanos);
        }
        break;
      case EXIT:
        // COMPAT: a process whose first thread has ended counts as ended, as with keepalived
        if (thread == process) {
          events.exited(process, nowNanos);
        }
        break;
      default:
        // of no concern
    }
  }

  private static String name(MessageReader message) {
    byte[] bytes = new byte[NAME_BYTES];
    int length = 0;
    while (length < NAME_BYTES && message.u8(DATA_OFFSET + 8 + length) != 0) {
      bytes[length] = (byte) message.u8(DATA_OFFSET + 8 + length);
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
