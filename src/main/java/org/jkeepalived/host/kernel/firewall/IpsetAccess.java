package org.jkeepalived.host.kernel.firewall;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.kernel.firewall.IptablesPart.AddressSet;
import org.jkeepalived.kernel.firewall.IptablesPart.Member;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Remedy;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.ipset.IpsetConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to the kernel's sets of addresses; each step answers why it could not be done. */
final class IpsetAccess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IpsetAccess.class);

  private Optional<IpsetConnection> connection = Optional.empty();

  /** Were there before us, and stay after us. */
  private final Set<AddressSet> somebodyElses = new LinkedHashSet<>();

  /** Were made by us. Others may be what a run has left that was killed, or somebody else's. */
  private final Set<AddressSet> made = new LinkedHashSet<>();

  private interface Step {
    void run(IpsetConnection sets) throws SystemCallException;
  }

  private Optional<String> attempt(Step step) {
    try {
      step.run(open());
      return Optional.empty();
    } catch (SystemCallException e) {
      return Optional.of(
          switch (e.error().errno()) {
            case Errno.EINVAL, Errno.EPROTONOSUPPORT, Errno.EOPNOTSUPP ->
                e.error()
                    + ": are the kernel's modules ip_set, ip_set_hash_ip and ip_set_hash_netiface"
                    + " there? Without sets: vrrp_ipsets without a name";
            default -> Remedy.explain(e.error());
          });
    }
  }

  private IpsetConnection open() throws SystemCallException {
    if (connection.isEmpty()) {
      connection = Optional.of(IpsetConnection.open());
    }
    return connection.get();
  }

  /** One that is there already is taken as it is. */
  Optional<String> create(AddressSet set) {
    return attempt(
        sets -> {
          boolean wasThere = sets.isThere(set.name());
          sets.create(set.name(), set.family(), set.withLinks());
          if (wasThere) {
            somebodyElses.add(set);
            LOG.warn(
                "ipset {} is there already and is somebody else's: our addresses are added to what"
                    + " is in it, and it stays when we end",
                set.name());
          } else {
            somebodyElses.remove(set);
            made.add(set);
          }
        });
  }

  Optional<String> destroy(AddressSet set) {
    if (somebodyElses.remove(set)) {
      return Optional.empty();
    }
    return attempt(
        sets -> {
          // what a killed run had in it has been taken out before
          if (!made.remove(set) && sets.size(set.name()).orElse(0) > 0) {
            LOG.warn("ipset {} stays: what is in it is somebody else's", set.name());
          } else if (!sets.destroy(set.name())) {
            LOG.warn("ipset {} stays: a rule of somebody else's looks into it", set.name());
          }
        });
  }

  Optional<String> add(Member member) {
    return attempt(
        sets -> sets.add(member.set(), member.address(), member.prefixLength(), member.link()));
  }

  Optional<String> delete(Member member) {
    return attempt(
        sets -> sets.delete(member.set(), member.address(), member.prefixLength(), member.link()));
  }

  boolean isThere(AddressSet set) throws SystemCallException {
    return open().isThere(set.name());
  }

  /** How many addresses are in it; empty if that is not known. */
  OptionalLong size(AddressSet set) throws SystemCallException {
    return open().size(set.name());
  }

  @Override
  public void close() {
    connection.ifPresent(IpsetConnection::close);
  }
}
