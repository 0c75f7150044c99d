package org.jkeepalived.linux.netlink.ipvs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jkeepalived.lvs.table.DestinationSettings;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.ServiceSettings;
import org.jkeepalived.lvs.table.ServiceSettings.Binding;
import org.jkeepalived.model.lvs.Forwarding;
import org.jkeepalived.model.lvs.Forwarding.Method;
import org.jkeepalived.model.lvs.Forwarding.Tunnel;
import org.jkeepalived.model.lvs.Protocol;
import org.jkeepalived.model.lvs.ServerAddress;

/** Services and real servers, short to write in tests. */
public final class TestTable {

  private TestTable() {}

  public static ServerAddress at(String address, int port) {
    try {
      return new ServerAddress(InetAddress.getByName(address), port);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  public static ServiceKey tcp(String address, int port) {
    return new ServiceKey.ByAddress(at(address, port), Protocol.TCP);
  }

  public static ServiceKey udp(String address, int port) {
    return new ServiceKey.ByAddress(at(address, port), Protocol.UDP);
  }

  public static ServiceSettings plain(String scheduler) {
    return new ServiceSettings(scheduler, 0, false, Optional.empty());
  }

  public static ServiceSettings persistent(String scheduler, long seconds) {
    return bound(scheduler, new Binding(seconds, OptionalLong.empty(), Optional.empty()));
  }

  public static ServiceSettings bound(String scheduler, Binding binding) {
    return new ServiceSettings(scheduler, 0, false, Optional.of(binding));
  }

  public static DestinationSettings nat(long weight) {
    return new DestinationSettings(Forwarding.NAT, weight, 0, 0);
  }

  public static DestinationSettings direct(long weight) {
    return new DestinationSettings(new Forwarding(Method.DR, Optional.empty()), weight, 0, 0);
  }

  public static DestinationSettings tunnel(
      long weight, Tunnel.Type type, OptionalInt port, Tunnel.Checksum checksum) {
    Tunnel tunnel = new Tunnel(type, port, checksum);
    return new DestinationSettings(new Forwarding(Method.TUN, Optional.of(tunnel)), weight, 0, 0);
  }
}
