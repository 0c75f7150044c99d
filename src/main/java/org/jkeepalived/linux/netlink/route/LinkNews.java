package org.jkeepalived.linux.netlink.route;

import java.util.OptionalInt;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.NetlinkConnection;

/**
 * A descriptor that says that something has happened to links, and which link has a name now. One
 * thread at a time.
 */
public final class LinkNews implements AutoCloseable {
  private static final int IFLA_IFNAME = 3;

  private final RouteNotices notices;
  private final NetlinkConnection links;

  private LinkNews(RouteNotices notices, NetlinkConnection links) {
    this.notices = notices;
    this.links = links;
  }

  /** In the network namespace of the thread that calls it. */
  public static LinkNews open() throws SystemCallException {
    RouteNotices notices = RouteNotices.of(RouteNotices.LINKS);
    try {
      return new LinkNews(notices, NetlinkConnection.open());
    } catch (SystemCallException e) {
      notices.close();
      throw e;
    }
  }

  /** Readable when something has happened. */
  public int fd() {
    return notices.fd();
  }

  /** Takes note of what the descriptor has told, whatever it is. Does not wait. */
  public void drain() {
    notices.drain();
  }

  /** The index of the link of a name; empty if there is none. */
  public OptionalInt index(String name) throws SystemCallException {
    try {
      return links
          .ask(
              "look for link " + name,
              RouteMessages.RTM_GETLINK,
              writer ->
                  writer
                      .u8(RouteMessages.AF_UNSPEC)
                      .u8(0)
                      .u16(0)
                      .s32(0)
                      .u32(0)
                      .u32(0)
                      .attributeString(IFLA_IFNAME, name),
              RouteMessages::link)
          .map(LinkState::index)
          .map(OptionalInt::of)
          .orElseGet(OptionalInt::empty);
    } catch (SystemCallException refused) {
      if (refused.error().errno() == Errno.ENODEV) {
        return OptionalInt.empty();
      }
      throw refused;
    }
  }

  @Override
  public void close() {
    notices.close();
    links.close();
  }
}
