package org.jkeepalived.host.kernel.firewall;

import java.util.ArrayList;
import java.util.List;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelResult;
import org.jkeepalived.kernel.PlacedObject;
import org.jkeepalived.kernel.firewall.IptablesRules;

/** Has nftables do what iptables was asked for. */
final class NftablesInstead implements PacketFilter {

  private final PacketFilter nftables;

  NftablesInstead(PacketFilter nftables) {
    this.nftables = nftables;
  }

  @Override
  public List<KernelResult> write(List<KernelRequest> requests) {
    List<KernelResult> answers = nftables.write(requests.stream().map(this::translated).toList());
    List<KernelResult> results = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      KernelResult answer = answers.get(i);
      results.add(new KernelResult(requests.get(i), answer.outcome(), answer.error()));
    }
    return results;
  }

  private KernelRequest translated(KernelRequest request) {
    PlacedObject placed = request.target();
    return new KernelRequest(
        request.operation(),
        new PlacedObject(IptablesRules.otherwise(placed.object()), placed.linkIndices()));
  }

  /** It is somebody else's. */
  @Override
  public void close() {}
}
