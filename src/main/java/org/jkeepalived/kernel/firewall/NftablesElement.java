package org.jkeepalived.kernel.firewall;

import java.util.List;
import org.jkeepalived.kernel.KernelBlock;
import org.jkeepalived.kernel.PlacedObject;
import org.jkeepalived.model.NumericAddress;

/**
 * An element of a set of addresses.
 *
 * @param json as libnftables-json(5) writes it
 */
record NftablesElement(Place place, String json) {

  /** In which set. */
  enum Place {
    /** Addresses, wherever they are. */
    ANYWHERE("vips", "", "", ""),
    /** Link-local addresses, and the number of the link. */
    LINK_BY_NUMBER("vips_link_local", "iface_index", "iif", "oif"),
    /** Link-local addresses, and the name of the link. */
    LINK_BY_NAME("vips_link_local_name", "ifname", "iifname", "oifname");

    private final String set;
    private final String linkType;
    private final String from;
    private final String to;

    Place(String set, String linkType, String from, String to) {
      this.set = set;
      this.linkType = linkType;
      this.from = from;
      this.to = to;
    }

    /** The name of the set. */
    String set() {
      return set;
    }

    /** The type of a link in it. */
    String linkType() {
      return linkType;
    }

    /** How a rule says the link that a packet comes from. */
    String from() {
      return from;
    }

    /** How a rule says the link that a packet goes to. */
    String to() {
      return to;
    }
  }

  static NftablesElement of(PlacedObject placed) {
    KernelBlock block = (KernelBlock) placed.object();
    String address = NftablesScript.quoted(NumericAddress.of(block.address()));
    if (block.link().isEmpty()) {
      return new NftablesElement(Place.ANYWHERE, address);
    }
    String link =
        block.byName() ? block.link().get() : Integer.toString(placed.linkIndices().get(0));
    return new NftablesElement(
        block.byName() ? Place.LINK_BY_NAME : Place.LINK_BY_NUMBER,
        "{\"concat\":" + NftablesScript.list(List.of(address, NftablesScript.quoted(link))) + "}");
  }
}
