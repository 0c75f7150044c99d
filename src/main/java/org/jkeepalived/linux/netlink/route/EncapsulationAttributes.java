package org.jkeepalived.linux.netlink.route;

import java.nio.ByteBuffer;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.routing.Encapsulation;

/** Writes what a packet is wrapped in on its way (linux/lwtunnel.h, mpls_iptunnel.h, ila.h). */
final class EncapsulationAttributes {
  private static final int RTA_ENCAP_TYPE = 21;
  private static final int RTA_ENCAP = 22;

  private static final int LWTUNNEL_ENCAP_MPLS = 1;
  private static final int LWTUNNEL_ENCAP_IP = 2;
  private static final int LWTUNNEL_ENCAP_ILA = 3;
  private static final int LWTUNNEL_ENCAP_IP6 = 4;

  private static final int MPLS_IPTUNNEL_DST = 1;
  private static final int ILA_ATTR_LOCATOR = 1;

  // LWTUNNEL_IP_*, and with the same numbers LWTUNNEL_IP6_*
  private static final int ID = 1;
  private static final int DESTINATION = 2;
  private static final int SOURCE = 3;
  private static final int HOPS = 4;
  private static final int TRAFFIC_CLASS = 5;
  private static final int FLAGS = 6;

  private EncapsulationAttributes() {}

  static void write(MessageWriter writer, Encapsulation outer) {
    if (outer instanceof Encapsulation.Mpls mpls) {
      int start = begin(writer, LWTUNNEL_ENCAP_MPLS);
      ByteBuffer stack = ByteBuffer.allocate(Integer.BYTES * mpls.labels().size());
      for (int i = 0; i < mpls.labels().size(); i++) {
        stack.putInt(mpls.entry(i));
      }
      writer.attribute(MPLS_IPTUNNEL_DST, stack.array()).endNested(start);
    } else if (outer instanceof Encapsulation.Ila ila) {
      int start = begin(writer, LWTUNNEL_ENCAP_ILA);
      writer.attribute(ILA_ATTR_LOCATOR, networkOrder(ila.locator())).endNested(start);
    } else if (outer instanceof Encapsulation.Tunnel tunnel) {
      int start =
          begin(
              writer,
              tunnel.family() == AddressFamily.IPV4 ? LWTUNNEL_ENCAP_IP : LWTUNNEL_ENCAP_IP6);
      tunnel.id().ifPresent(id -> writer.attribute(ID, networkOrder(id)));
      tunnel.ends().destination().ifPresent(to -> writer.attribute(DESTINATION, to.getAddress()));
      tunnel.ends().source().ifPresent(from -> writer.attribute(SOURCE, from.getAddress()));
      tunnel.hops().ifPresent(hops -> writer.attributeU8(HOPS, hops));
      tunnel.trafficClass().ifPresent(value -> writer.attributeU8(TRAFFIC_CLASS, value));
      // COMPAT: keepalived 2.2.7 does not turn these two bytes into the order of the wire
      tunnel.flags().ifPresent(flags -> writer.attributeU16(FLAGS, flags));
      writer.endNested(start);
    }
  }

  private static int begin(MessageWriter writer, int type) {
    writer.attributeU16(RTA_ENCAP_TYPE, type);
    return writer.beginNested(RTA_ENCAP);
  }

  private static byte[] networkOrder(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }
}
