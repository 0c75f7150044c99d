package org.jkeepalived.host.kernel.firewall;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelResult;
import org.jkeepalived.kernel.KernelWriter;
import org.jkeepalived.kernel.firewall.IptablesRules;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.model.ReceiveBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each request to who can write it. Of what is asked for at once an address is blocked before
 * it comes, and let go after it went: in between it must not answer.
 */
public final class FirewallWriter implements KernelWriter {

  /** Has somebody called on this thread when a file can be read. */
  public interface Watching {

    /** Where nobody is called: for a release, which is over at once. */
    Watching NONE =
        new Watching() {
          @Override
          public boolean isPossible() {
            return false;
          }

          @Override
          public void watch(int fd, Runnable whenReadable) {
            throw new IllegalStateException("nobody watches");
          }

          @Override
          public void regularly(Runnable look) {
            // it is over before there would be anything to see
          }
        };

    default boolean isPossible() {
      return true;
    }

    void watch(int fd, Runnable whenReadable) throws SystemCallException;

    /** Has something looked at from time to time, where the kernel tells nobody. */
    void regularly(Runnable look);
  }

  private static final Logger LOG = LoggerFactory.getLogger(FirewallWriter.class);

  private final KernelWriter routing;
  private Watching watching = Watching.NONE;
  private Optional<PacketFilter> nftables = Optional.empty();
  private Optional<PacketFilter> iptables = Optional.empty();

  /**
   * @param routing writes everything else
   */
  public FirewallWriter(KernelWriter routing) {
    this.routing = routing;
  }

  /** From now on it is heard of what others do. To be called on the thread that writes. */
  public void watch(Watching by) {
    watching = by;
  }

  @Override
  public List<KernelResult> write(List<KernelRequest> requests) {
    if (requests.stream().noneMatch(FirewallWriter::isFirewall)) {
      return routing.write(requests);
    }
    KernelResult[] results = new KernelResult[requests.size()];
    part(requests, results, each -> isFirewall(each) && each.isAddition());
    part(requests, results, each -> !isFirewall(each));
    part(requests, results, each -> isFirewall(each) && !each.isAddition());
    return Arrays.asList(results);
  }

  @Override
  public void makeRoom(ReceiveBuffer room) {
    routing.makeRoom(room);
  }

  private static boolean isFirewall(KernelRequest request) {
    return request.object().kind().isFirewall();
  }

  private void part(
      List<KernelRequest> requests, KernelResult[] results, Predicate<KernelRequest> which) {
    List<Integer> places = new ArrayList<>();
    List<KernelRequest> chosen = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      if (which.test(requests.get(i))) {
        places.add(i);
        chosen.add(requests.get(i));
      }
    }
    if (chosen.isEmpty()) {
      return;
    }
    List<KernelResult> answers = isFirewall(chosen.get(0)) ? filter(chosen) : routing.write(chosen);
    for (int i = 0; i < places.size(); i++) {
      results[places.get(i)] = answers.get(i);
    }
  }

  private List<KernelResult> filter(List<KernelRequest> requests) {
    KernelResult[] results = new KernelResult[requests.size()];
    for (boolean byIptables : new boolean[] {true, false}) {
      List<Integer> places = new ArrayList<>();
      List<KernelRequest> chosen = new ArrayList<>();
      for (int i = 0; i < requests.size(); i++) {
        if (IptablesRules.isFor(requests.get(i).object()) == byIptables) {
          places.add(i);
          chosen.add(requests.get(i));
        }
      }
      if (!chosen.isEmpty()) {
        List<KernelResult> answers = (byIptables ? iptables() : nftables()).write(chosen);
        for (int i = 0; i < places.size(); i++) {
          results[places.get(i)] = answers.get(i);
        }
      }
    }
    return Arrays.asList(results);
  }

  private PacketFilter nftables() {
    if (nftables.isEmpty()) {
      nftables = Optional.of(new NftablesWriter(watching));
    }
    return nftables.get();
  }

  /** COMPAT: where {@code iptables} makes rules of nftables, keepalived does that itself. */
  private PacketFilter iptables() {
    if (iptables.isEmpty()) {
      Optional<String> objection = IptablesAccess.objection();
      objection.ifPresent(
          why -> LOG.info("Not using iptables since {} - please update configuration", why));
      iptables =
          Optional.of(
              objection.isPresent()
                  ? new NftablesInstead(nftables())
                  : new IptablesWriter(watching));
    }
    return iptables.get();
  }

  @Override
  public void close() {
    iptables.ifPresent(PacketFilter::close);
    nftables.ifPresent(PacketFilter::close);
    routing.close();
  }
}
