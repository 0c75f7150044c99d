package org.jkeepalived.linux.netlink.generic;

import java.util.Optional;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.AttributeReader;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.linux.netlink.NetlinkConnection;

/**
 * Generic netlink (linux/genetlink.h): a family of messages has a name, and a number that it gets
 * when its module is loaded.
 *
 * <pre>
 * netlink header, type: the family's number (16) | command (1) | version (1) | 0 (2) | attributes
 * </pre>
 */
public final class GenericNetlink {

  /** The protocol of its sockets. */
  public static final int NETLINK_GENERIC = 16;

  /** Before the attributes. */
  public static final int HEADER_BYTES = 4;

  /** The family that knows the others. */
  private static final int GENL_ID_CTRL = 16;

  private static final int CTRL_VERSION = 1;
  private static final int CTRL_CMD_NEWFAMILY = 1;
  private static final int CTRL_CMD_GETFAMILY = 3;
  private static final int CTRL_ATTR_FAMILY_ID = 1;
  private static final int CTRL_ATTR_FAMILY_NAME = 2;

  private GenericNetlink() {}

  /**
   * Opens a connection in the network namespace of the calling thread.
   *
   * @param receiveQueueBytes how much of the kernel's answers may wait to be read
   */
  public static NetlinkConnection open(int receiveQueueBytes) throws SystemCallException {
    return NetlinkConnection.open(NETLINK_GENERIC, receiveQueueBytes);
  }

  /** Writes what stands between netlink's header and the attributes. */
  public static MessageWriter header(MessageWriter writer, int command, int version) {
    return writer.u8(command).u8(version).u16(0);
  }

  /** The command of a message. */
  public static int command(MessageReader message) {
    return message.u8(0);
  }

  /**
   * The number of a family. The kernel loads its module if it knows which one it is, and may.
   *
   * @return empty if there is none of that name
   */
  public static Optional<Integer> resolve(NetlinkConnection connection, String name)
      throws SystemCallException {
    try {
      return connection.ask(
          "look for netlink family " + name,
          GENL_ID_CTRL,
          writer ->
              header(writer, CTRL_CMD_GETFAMILY, CTRL_VERSION)
                  .attributeString(CTRL_ATTR_FAMILY_NAME, name),
          GenericNetlink::familyId);
    } catch (SystemCallException refused) {
      if (refused.error().errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private static Optional<Integer> familyId(MessageReader message) {
    if (message.type() != GENL_ID_CTRL || command(message) != CTRL_CMD_NEWFAMILY) {
      return Optional.empty();
    }
    AttributeReader attribute = message.attributes(HEADER_BYTES);
    while (attribute.next()) {
      if (attribute.type() == CTRL_ATTR_FAMILY_ID && attribute.length() == Short.BYTES) {
        return Optional.of(attribute.u16());
      }
    }
    return Optional.empty();
  }
}
