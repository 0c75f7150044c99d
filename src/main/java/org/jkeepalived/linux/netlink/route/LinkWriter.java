package org.jkeepalived.linux.netlink.route;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.kernel.KernelLink;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelResult;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.linux.file.ProcSetting;
import org.jkeepalived.linux.netlink.AttributeReader;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.linux.netlink.Netlink;
import org.jkeepalived.linux.netlink.NetlinkConnection;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.VirtualLink;
import org.jkeepalived.model.VirtualLink.Ipvlan;

/**
 * Makes and removes links of our own. It takes several requests for one: it is made down, set, and
 * then set up, so that nothing is sent from it that should not be.
 */
final class LinkWriter {
  private static final int IFLA_ADDRESS = 1;
  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_LINK = 5;
  private static final int IFLA_LINKINFO = 18;
  private static final int IFLA_INFO_KIND = 1;
  private static final int IFLA_INFO_DATA = 2;
  private static final int IFLA_AF_SPEC = 26;
  private static final int IFLA_GROUP = 27;
  private static final int IFLA_MACVLAN_MODE = 1;
  private static final int MACVLAN_MODE_PRIVATE = 1;
  private static final int IFLA_IPVLAN_MODE = 1;
  private static final int IPVLAN_MODE_L2 = 0;
  private static final int IFLA_IPVLAN_FLAGS = 2;
  private static final int IFLA_INET6_ADDR_GEN_MODE = 8;
  private static final int IN6_ADDR_GEN_MODE_NONE = 1;
  private static final int IFF_UP = 1;

  private final NetlinkConnection connection;

  /** The numbers of those that were made: they are ours, whatever others do to them. */
  private final Map<String, Integer> made;

  /** A link that is there. */
  private record Present(LinkState state, long group) {}

  /**
   * @param made the numbers of those that were made, by their names: kept from call to call
   */
  LinkWriter(NetlinkConnection connection, Map<String, Integer> made) {
    this.connection = connection;
    this.made = made;
  }

  KernelResult write(KernelRequest request, KernelLink object) {
    VirtualLink link = object.link();
    try {
      Optional<Present> present = find(link.name());
      if (!request.isAddition()) {
        return remove(request, link, present);
      }
      int base = request.target().linkIndices().get(0);
      if (present.isPresent()) {
        boolean ours = isOurs(link, present.get()) && standsOn(base, present.get());
        if (!ours) {
          return refused(
              request,
              Errno.EEXIST,
              "interface "
                  + link.name()
                  + " already exists and is not a "
                  + (link.isMacvlan() ? "private macvlan" : "ipvlan")
                  + " of this virtual router: remove it, or give another name");
        }
        putMacBack(link, present.get().state());
        configure(link, present.get().state().index(), base);
        return new KernelResult(request, KernelResult.Outcome.ALREADY_THERE, Optional.empty());
      }
      make(link, base);
      return KernelResult.done(request);
    } catch (SystemCallException e) {
      return refused(request, e.error().errno(), remedy(link, e.error()));
    }
  }

  private static KernelResult refused(KernelRequest request, int errno, String text) {
    return KernelResult.refused(request, new KernelError(errno, text));
  }

  private static String remedy(VirtualLink link, SystemError error) {
    String driver = link.nature().driver();
    return switch (error.errno()) {
      case Errno.EOPNOTSUPP ->
          "this kernel has no " + driver + ": install or load its module (modprobe " + driver + ")";
      case Errno.EADDRINUSE ->
          "another link on "
              + link.base()
              + " has the MAC address "
              + link.mac().orElse("")
              + " ("
              + error.text()
              + "): remove it";
      case Errno.EPERM -> error.text() + ": it takes CAP_NET_ADMIN";
      default -> error.text();
    };
  }

  // ---- what is there ----

  private Optional<Present> find(String name) throws SystemCallException {
    try {
      return connection.ask(
          "look for link " + name,
          RouteMessages.RTM_GETLINK,
          writer -> header(writer, 0, 0).attributeString(IFLA_IFNAME, name),
          LinkWriter::present);
    } catch (SystemCallException refused) {
      if (refused.error().errno() == Errno.ENODEV) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private Optional<Present> find(int index) throws SystemCallException {
    return connection.ask(
        "look for link " + index,
        RouteMessages.RTM_GETLINK,
        writer -> header(writer, index, 0),
        LinkWriter::present);
  }

  /** The name of another link on the same base that has the MAC address already. */
  private Optional<String> twin(VirtualLink link, int base) throws SystemCallException {
    return connection
        .dump(
            "look for links of that MAC address",
            RouteMessages.RTM_GETLINK,
            writer -> header(writer, 0, 0),
            LinkWriter::present)
        .stream()
        .filter(present -> isSame(link, present) && standsOn(base, present))
        .map(present -> present.state().name())
        .findFirst();
  }

  private static Optional<Present> present(MessageReader message) {
    return RouteMessages.link(message).map(state -> new Present(state, group(message).orElse(0)));
  }

  private static OptionalLong group(MessageReader message) {
    AttributeReader attribute = message.attributes(RouteMessages.LINK_HEADER_BYTES);
    while (attribute.next()) {
      if (attribute.type() == IFLA_GROUP) {
        return OptionalLong.of(Integer.toUnsignedLong(attribute.s32()));
      }
    }
    return OptionalLong.empty();
  }

  /** Whether a link is the one that is meant, and not somebody else's of that name. */
  private static boolean isSame(VirtualLink link, Present present) {
    return present.state().kind().filter(link.nature().driver()::equals).isPresent()
        && (link.mac().isEmpty() || Arrays.equals(bytes(link), present.state().mac()));
  }

  /** The same, or made here and changed by somebody since. */
  private boolean isOurs(VirtualLink link, Present present) {
    return isSame(link, present)
        || Integer.valueOf(present.state().index()).equals(made.get(link.name()));
  }

  private void putMacBack(VirtualLink link, LinkState state) throws SystemCallException {
    if (link.isMacvlan() && !Arrays.equals(bytes(link), state.mac())) {
      change(
          "set MAC address of " + link.name(),
          0,
          writer -> header(writer, state.index(), 0).attribute(IFLA_ADDRESS, bytes(link)));
    }
  }

  private static boolean standsOn(int base, Present present) {
    return present.state().lower().orElse(0) == base;
  }

  private static byte[] bytes(VirtualLink link) {
    return HexFormat.ofDelimiter(":").parseHex(link.mac().orElseThrow());
  }

  // ---- changes ----

  private KernelResult remove(KernelRequest request, VirtualLink link, Optional<Present> present)
      throws SystemCallException {
    if (present.isEmpty() || !isOurs(link, present.get())) {
      return new KernelResult(request, KernelResult.Outcome.NOT_THERE, Optional.empty());
    }
    delete(present.get().state().index());
    made.remove(link.name());
    return KernelResult.done(request);
  }

  private void delete(int index) throws SystemCallException {
    connection.ask(
        "remove link " + index,
        RouteMessages.RTM_DELLINK,
        writer -> header(writer, index, 0),
        answer -> Optional.empty());
  }

  private void make(VirtualLink link, int base) throws SystemCallException {
    Optional<String> twin = link.mac().isPresent() ? twin(link, base) : Optional.empty();
    if (twin.isPresent()) {
      throw new SystemCallException(
          new SystemError("make " + link.name(), Errno.EADDRINUSE, "it is " + twin.get() + "'s"));
    }
    Optional<Present> under = find(base);
    long group = link.group().orElse(under.map(Present::group).orElse(0L));
    change(
        "make " + link.name(),
        Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL,
        writer -> {
          header(writer, 0, 0)
              .attributeS32(IFLA_LINK, base)
              .attributeString(IFLA_IFNAME, link.name())
              .attributeU32(IFLA_GROUP, group);
          if (link.isMacvlan()) {
            writer.attribute(IFLA_ADDRESS, bytes(link));
          }
          int info = writer.beginNested(IFLA_LINKINFO);
          writer.attributeString(IFLA_INFO_KIND, link.nature().driver());
          int data = writer.beginNested(IFLA_INFO_DATA);
          data(writer, link);
          writer.endNested(data).endNested(info);
        });
    int index = find(link.name()).orElseThrow(() -> gone(link)).state().index();
    made.put(link.name(), index);
    try {
      configure(link, index, base);
    } catch (SystemCallException e) {
      delete(index);
      throw e;
    }
  }

  private static SystemCallException gone(VirtualLink link) {
    return new SystemCallException(
        new SystemError("make " + link.name(), Errno.ENODEV, "it is gone already"));
  }

  private static void data(MessageWriter writer, VirtualLink link) {
    if (link.nature() instanceof Ipvlan ipvlan) {
      writer
          .attributeU16(IFLA_IPVLAN_MODE, IPVLAN_MODE_L2)
          .attributeU16(
              IFLA_IPVLAN_FLAGS,
              switch (ipvlan.mode()) {
                case BRIDGE -> 0;
                case PRIVATE -> 1;
                case VEPA -> 2;
              });
    } else {
      writer.attributeU32(IFLA_MACVLAN_MODE, MACVLAN_MODE_PRIVATE);
    }
  }

  /**
   * Sets a link as keepalived does (seen with 2.2.7), and sets it up: it answers for its own
   * addresses alone, believes packets from this machine, and makes no address of its own.
   */
  private void configure(VirtualLink link, int index, int base) throws SystemCallException {
    if (!link.carries(AddressFamily.IPV6)) {
      // where /proc/sys is read-only there is at least no address
      ProcSetting.write("ipv6/conf/" + link.name() + "/disable_ipv6", 1);
    }
    if (link.isMacvlan() || !link.carries(AddressFamily.IPV6)) {
      makeNoAddress(index);
    }
    if (link.isMacvlan() && link.carries(AddressFamily.IPV4)) {
      LinkSettings settings = new LinkSettings(connection);
      settings.write(index, LinkSettings.Setting.RP_FILTER, 0);
      settings.write(index, LinkSettings.Setting.ACCEPT_LOCAL, 1);
      settings.write(index, LinkSettings.Setting.ARP_IGNORE, 1);
      settings.write(index, LinkSettings.Setting.PROMOTE_SECONDARIES, 1);
    }
    change("set " + link.name() + " up", 0, writer -> header(writer, index, IFF_UP));
    if (link.notifies()) {
      notifyOf(base);
    }
  }

  private void makeNoAddress(int index) {
    try {
      change(
          "configure link " + index,
          0,
          writer -> {
            header(writer, index, 0);
            int families = writer.beginNested(IFLA_AF_SPEC);
            int family = writer.beginNested(RouteMessages.AF_INET6);
            writer.attributeU8(IFLA_INET6_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_NONE);
            writer.endNested(family).endNested(families);
          });
    } catch (SystemCallException withoutIpv6) {
      // then there will be none
    }
  }

  /** The kernel tells of a link whose group is set, also to the one that it has. */
  private void notifyOf(int base) throws SystemCallException {
    Optional<Present> under = find(base);
    if (under.isPresent()) {
      change(
          "set group of link " + base,
          0,
          writer -> header(writer, base, 0).attributeU32(IFLA_GROUP, under.get().group()));
    }
  }

  private interface Content {
    void write(MessageWriter writer);
  }

  private void change(String operation, int flags, Content content) throws SystemCallException {
    Optional<SystemError> error =
        connection
            .execute(
                1,
                (writer, i, more, sequence) -> {
                  writer.begin(
                      RouteMessages.RTM_NEWLINK, Netlink.NLM_F_REQUEST | flags | more, sequence);
                  content.write(writer);
                  writer.end();
                })
            .get(0)
            .error(operation);
    if (error.isPresent()) {
      throw new SystemCallException(error.get());
    }
  }

  /** struct ifinfomsg; {@code set} are the flags to set. */
  private static MessageWriter header(MessageWriter writer, int index, int set) {
    return writer.u32(RouteMessages.AF_UNSPEC).s32(index).u32(set).u32(set);
  }
}
