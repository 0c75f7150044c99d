package org.jkeepalived.vrrp.transport;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.model.AddressFamily;

/** Where payloads leave the machine. */
@FunctionalInterface
public interface DatagramSender {

  /**
   * Sends one payload now. It never blocks, never throws, and keeps nothing of what it is given.
   *
   * @param length of the payload in bytes
   * @return whether the kernel took it
   */
  boolean send(Endpoint endpoint, byte[] payload, int length);

  /**
   * From now on packets of peers with an {@link AuthenticationHeader} are heard, too.
   *
   * @return why they are not, in words; empty when they are
   */
  default Optional<String> hearAuthenticated() {
    return Optional.empty();
  }

  /**
   * How much of what peers send may wait to be read.
   *
   * @param bytes empty for as much as is good for it
   */
  default void makeRoom(AddressFamily family, OptionalLong bytes) {}

  /**
   * Addresses that begin alike.
   *
   * @param address with zeros behind the prefix
   * @param prefixLength in bits
   */
  record Network(InetAddress address, int prefixLength) {}

  /**
   * Who may speak to those that hear peers, as far as it can be told before packets are read.
   *
   * @param networks by VRID; none under a VRID to which all may speak
   */
  default void admit(AddressFamily family, Map<Integer, List<Network>> networks) {}

  /** Why nothing can be sent to peers of a family, in words; empty when it can. */
  default Optional<String> unicastProblem(AddressFamily family) {
    return Optional.empty();
  }
}
