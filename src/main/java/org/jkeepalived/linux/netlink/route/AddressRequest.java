package org.jkeepalived.linux.netlink.route;

import java.util.Objects;
import org.jkeepalived.model.VirtualAddress;

/**
 * Asks to add a virtual address to a link, or to remove it.
 *
 * @param linkIndex the link's number now; the address's own device name is not looked at
 * @param address an IPv4 address
 */
public record AddressRequest(Operation operation, int linkIndex, VirtualAddress address) {

  /** What to do with the address. */
  public enum Operation {
    ADD,
    REMOVE
  }

  public AddressRequest {
    Objects.requireNonNull(operation);
    if (address.address().getAddress().length != 4) {
      throw new IllegalArgumentException("not an IPv4 address: " + address.address());
    }
  }

  /** {@code add 10.0.0.1/32 to eth0}. */
  @Override
  public String toString() {
    boolean add = operation == Operation.ADD;
    return (add ? "add " : "remove ")
        + address.address().getHostAddress()
        + "/"
        + address.prefixLength()
        + (add ? " to " : " from ")
        + address.device();
  }
}
