package org.jkeepalived.status;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jkeepalived.model.lvs.ServerAddress;
import org.jkeepalived.model.lvs.ServerGroup;

/** Addresses of a group in the dump. */
final class GroupRangeText {

  private GroupRangeText() {}

  /** Such as {@code VIP Range = 10.0.0.1-10.0.0.3, VPORT = 80}. */
  static String of(ServerGroup.Range range) {
    String addresses =
        range.count() == 1
            ? "VIP = " + text(range.first())
            : "VIP Range = " + text(range.first()) + "-" + text(last(range));
    return addresses + ", VPORT = " + range.port();
  }

  private static String text(InetAddress address) {
    return new ServerAddress(address, 0).addressText();
  }

  private static InetAddress last(ServerGroup.Range range) {
    byte[] first = range.first().getAddress();
    byte[] sum = new BigInteger(1, first).add(BigInteger.valueOf(range.count() - 1)).toByteArray();
    byte[] last = new byte[first.length];
    int length = Math.min(sum.length, last.length);
    System.arraycopy(sum, sum.length - length, last, last.length - length, length);
    try {
      return InetAddress.getByAddress(last);
    } catch (UnknownHostException impossible) {
      throw new AssertionError(Arrays.toString(last), impossible);
    }
  }
}
