package org.jkeepalived.vrrp.address;

import java.net.InetAddress;
import org.jkeepalived.link.LinkState;

/** Where announcements leave the machine. */
@FunctionalInterface
public interface AnnouncementSender {

  /**
   * Tells everybody on a link that an address lives there now. Never blocks, never throws; an
   * announcement that the kernel does not take is lost.
   *
   * @param link an Ethernet
   * @param address of either family
   */
  void announce(LinkState link, InetAddress address);

  /**
   * Whether the way to a link is only being opened: an announcement had better wait. Whoever says
   * so calls {@link PacedAnnouncer#goOn} afterwards.
   */
  default boolean isOpening(LinkState link) {
    return false;
  }
}
