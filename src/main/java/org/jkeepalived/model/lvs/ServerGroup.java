package org.jkeepalived.model.lvs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.NumericAddress;

/**
 * {@code virtual_server_group}: addresses and marks that share their real servers.
 *
 * @param ranges the addresses, in the file's order; they may overlap
 * @param marks the firewall marks, in the file's order
 */
public record ServerGroup(String name, List<Range> ranges, List<Mark> marks) {
  public ServerGroup {
    Objects.requireNonNull(name);
    ranges = List.copyOf(ranges);
    marks = List.copyOf(marks);
  }

  /**
   * Addresses in a row.
   *
   * @param count how many, at least 1
   * @param port 0 to 65535; 0 for all ports
   */
  public record Range(InetAddress first, long count, int port) {
    public Range {
      Objects.requireNonNull(first);
    }

    /** Each of them, in their order; there may be thousands. */
    public List<ServerAddress> addresses() {
      return LongStream.range(0, count).mapToObj(this::address).toList();
    }

    private ServerAddress address(long index) {
      byte[] bytes = first.getAddress();
      long carry = index;
      for (int i = bytes.length - 1; i >= 0 && carry > 0; i--) {
        carry += bytes[i] & 0xFF;
        bytes[i] = (byte) carry;
        carry >>= 8;
      }
      try {
        return new ServerAddress(InetAddress.getByAddress(bytes), port);
      } catch (UnknownHostException e) {
        throw new AssertionError("as many bytes as the first address has", e);
      }
    }

    /** As keepalived writes it: {@code [10.0.0.1,80]}. */
    public String text() {
      return "[" + NumericAddress.of(first) + "," + port + "]";
    }
  }

  /**
   * A firewall mark.
   *
   * @param family empty where the line does not name one
   */
  public record Mark(long value, Optional<AddressFamily> family) {
    public Mark {
      Objects.requireNonNull(family);
    }
  }
}
