package org.jkeepalived.linux.netlink.ipset;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.linux.netlink.AttributeReader;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.linux.netlink.NetlinkConnection;
import org.jkeepalived.model.AddressFamily;

/**
 * The kernel's sets of addresses. One thread at a time; it blocks while the kernel loads what it
 * needs.
 */
public final class IpsetConnection implements AutoCloseable {

  /** Family, version, and a number: what stands between netlink's header and the attributes. */
  private static final int HEADER_BYTES = 4;

  private static final int RECEIVE_QUEUE_BYTES = 256 * 1024;

  /** What an ipset(8) of 2023 can list; a kernel may know later ones, which we do not need. */
  private static final int ADDRESSES_REVISION = 6;

  private static final int LINKS_REVISION = 8;

  private static final String ADDRESSES = "hash:ip";
  private static final String LINKS = "hash:net,iface";

  private final NetlinkConnection connection;

  private IpsetConnection(NetlinkConnection connection) {
    this.connection = connection;
  }

  /**
   * Opens it in the network namespace of the calling thread.
   *
   * @throws SystemCallException the kernel has no netfilter, or cannot be asked
   */
  public static IpsetConnection open() throws SystemCallException {
    return new IpsetConnection(
        NetlinkConnection.open(Ipset.NETLINK_NETFILTER, RECEIVE_QUEUE_BYTES));
  }

  /** Whether there is a set of that name, of whatever type. */
  public boolean isThere(String name) throws SystemCallException {
    try {
      ask(
          "look for ipset " + name,
          Ipset.HEADER,
          Ipset.AF_UNSPEC,
          writer -> writer.attributeString(Ipset.ATTR_SET_NAME, name));
      return true;
    } catch (SystemCallException e) {
      if (e.error().errno() == Errno.ENOENT) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Makes an empty set; one of that name and type stays as it is.
   *
   * @param withLinks each address belongs to a link
   * @throws SystemCallException there is one of that name and another type, or the kernel cannot
   */
  public void create(String name, AddressFamily family, boolean withLinks)
      throws SystemCallException {
    String type = withLinks ? LINKS : ADDRESSES;
    int known = withLinks ? LINKS_REVISION : ADDRESSES_REVISION;
    int revision = Math.min(known, revision(type, family));
    ask(
        "make ipset " + name,
        Ipset.CREATE,
        family(family),
        writer -> {
          writer.attributeString(Ipset.ATTR_SET_NAME, name);
          writer.attributeString(Ipset.ATTR_TYPE_NAME, type);
          writer.attributeU8(Ipset.ATTR_REVISION, revision);
          writer.attributeU8(Ipset.ATTR_FAMILY, family(family));
          writer.endNested(writer.beginNested(Ipset.ATTR_DATA | Ipset.NLA_F_NESTED));
        });
  }

  /** The latest revision of a type that the kernel has, which loads it. */
  private int revision(String type, AddressFamily family) throws SystemCallException {
    Optional<Integer> found =
        connection.ask(
            "ipset type " + type,
            Ipset.TYPE,
            writer -> {
              header(writer, family(family));
              writer.attributeString(Ipset.ATTR_TYPE_NAME, type);
              writer.attributeU8(Ipset.ATTR_FAMILY, family(family));
            },
            message -> number(message, Ipset.ATTR_REVISION));
    return found.orElse(0);
  }

  private static Optional<Integer> number(MessageReader message, int type) {
    for (AttributeReader each = message.attributes(HEADER_BYTES); each.next(); ) {
      if (each.type() == type) {
        return Optional.of(each.u8());
      }
    }
    return Optional.empty();
  }

  /**
   * Removes a set; one that is not there is no error.
   *
   * @return false if it stays, because a rule looks into it
   */
  public boolean destroy(String name) throws SystemCallException {
    try {
      unlessGone(
          () ->
              ask(
                  "remove ipset " + name,
                  Ipset.DESTROY,
                  Ipset.AF_UNSPEC,
                  writer -> writer.attributeString(Ipset.ATTR_SET_NAME, name)));
      return true;
    } catch (SystemCallException e) {
      if (e.error().errno() == Ipset.ERROR_IN_USE) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Puts an address, or a network, into a set; one that is in it is no error.
   *
   * @param prefixLength all bits for one address
   */
  public void add(String set, InetAddress address, int prefixLength, Optional<String> link)
      throws SystemCallException {
    ask(
        "add to ipset " + set,
        Ipset.ADD,
        Ipset.AF_UNSPEC,
        member(set, address, prefixLength, link));
  }

  /** Takes one out of a set; one that is not in it, or no set, is no error. */
  public void delete(String set, InetAddress address, int prefixLength, Optional<String> link)
      throws SystemCallException {
    unlessGone(
        () ->
            ask(
                "remove from ipset " + set,
                Ipset.DELETE,
                Ipset.AF_UNSPEC,
                member(set, address, prefixLength, link)));
  }

  /**
   * How many addresses are in a set; empty if there is no such set, or a kernel that does not say.
   *
   * @throws SystemCallException the kernel cannot be asked
   */
  public OptionalLong size(String name) throws SystemCallException {
    List<Long> found = List.of();
    try {
      found =
          connection.dump(
              "read ipset " + name,
              Ipset.LIST,
              writer -> {
                header(writer, Ipset.AF_UNSPEC);
                writer.attributeString(Ipset.ATTR_SET_NAME, name);
                writer.attributeNetworkU32(
                    Ipset.ATTR_FLAGS | Ipset.NLA_F_NET_BYTEORDER, Ipset.FLAG_LIST_HEADER);
              },
              IpsetConnection::size);
    } catch (SystemCallException e) {
      if (e.error().errno() != Errno.ENOENT) {
        throw e;
      }
    }
    return found.isEmpty() ? OptionalLong.empty() : OptionalLong.of(found.get(0));
  }

  private static Optional<Long> size(MessageReader message) {
    for (AttributeReader each = message.attributes(HEADER_BYTES); each.next(); ) {
      if (each.type() == Ipset.ATTR_DATA) {
        for (AttributeReader data = each.nested(); data.next(); ) {
          if (data.type() == Ipset.DATA_SIZE) {
            return Optional.of(data.networkU32());
          }
        }
      }
    }
    return Optional.empty();
  }

  private interface Step {
    void run() throws SystemCallException;
  }

  private static void unlessGone(Step step) throws SystemCallException {
    try {
      step.run();
    } catch (SystemCallException e) {
      int errno = e.error().errno();
      if (errno != Errno.ENOENT && errno != Ipset.ERROR_MEMBER) {
        throw e;
      }
    }
  }

  private static Consumer<MessageWriter> member(
      String set, InetAddress address, int prefixLength, Optional<String> link) {
    boolean isIpv4 = AddressFamily.of(address) == AddressFamily.IPV4;
    return writer -> {
      writer.attributeString(Ipset.ATTR_SET_NAME, set);
      int data = writer.beginNested(Ipset.ATTR_DATA | Ipset.NLA_F_NESTED);
      int nested = writer.beginNested(Ipset.DATA_ADDRESS | Ipset.NLA_F_NESTED);
      writer.attribute(
          (isIpv4 ? Ipset.ADDRESS_IPV4 : Ipset.ADDRESS_IPV6) | Ipset.NLA_F_NET_BYTEORDER,
          address.getAddress());
      writer.endNested(nested);
      if (prefixLength < AddressFamily.of(address).bits()) {
        writer.attributeU8(Ipset.DATA_PREFIX_LENGTH, prefixLength);
      }
      link.ifPresent(name -> writer.attributeString(Ipset.DATA_LINK, name));
      writer.endNested(data);
    };
  }

  private void ask(String operation, int command, int family, Consumer<MessageWriter> attributes)
      throws SystemCallException {
    try {
      connection.ask(
          operation,
          command,
          writer -> {
            header(writer, family);
            attributes.accept(writer);
          },
          message -> Optional.empty());
    } catch (SystemCallException e) {
      throw new SystemCallException(told(operation, e.error()));
    }
  }

  /** Its own errors in words: the C library has none for them. */
  private static SystemError told(String operation, SystemError error) {
    return switch (error.errno()) {
      case Ipset.ERROR_TYPE_NOT_FOUND ->
          new SystemError(operation, error.errno(), "the kernel does not know this type");
      case Errno.EEXIST ->
          new SystemError(operation, error.errno(), "there is one of another type");
      default -> error;
    };
  }

  private static void header(MessageWriter writer, int family) {
    writer.u8(family).u8(0).u16(0).attributeU8(Ipset.ATTR_PROTOCOL, Ipset.PROTOCOL);
  }

  private static int family(AddressFamily family) {
    return family == AddressFamily.IPV4 ? Ipset.AF_INET : Ipset.AF_INET6;
  }

  @Override
  public void close() {
    connection.close();
  }
}
