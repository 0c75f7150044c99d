package org.jkeepalived.vrrp.address;

import java.util.List;
import org.jkeepalived.model.Announcements;
import org.jkeepalived.model.VirtualAddress;

/**
 * Tells the neighbours where addresses live now (gratuitous ARP, IPv6's neighbour advertisements),
 * a few frames a turn.
 */
public interface Announcer {

  /**
   * Queues announcements.
   *
   * @param owner whose they are, for {@link #cancel}
   * @param name the instance's name, for the log
   * @param repeat how many times each address, 1 to 255
   * @param plan says how far apart two announcements on one link are
   */
  void announce(
      Object owner, String name, List<VirtualAddress> addresses, int repeat, Announcements plan);

  /** Forgets what is still queued for {@code owner}. */
  void cancel(Object owner);
}
