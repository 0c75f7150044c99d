package org.jkeepalived.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.kernel.KernelRequest.Operation;
import org.jkeepalived.kernel.KernelResult.Outcome;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.vrrp.TestInstance;

/** Objects, requests and results, in a few words. */
public final class TestObjects {

  private static final int LINK = 2;

  private TestObjects() {}

  /** With a prefix length of 24, on eth0. */
  public static VirtualAddress address(String address) {
    return new VirtualAddress(
        TestInstance.address(address),
        24,
        "eth0",
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        true,
        OptionalLong.empty());
  }

  public static KernelRequest request(Operation operation, int link, VirtualAddress address) {
    return new KernelRequest(
        operation, new PlacedObject(new KernelAddress(address), List.of(link)));
  }

  public static List<KernelRequest> requests(Operation operation, String... addresses) {
    return Arrays.stream(addresses).map(one -> request(operation, LINK, address(one))).toList();
  }

  /** The same outcome for all of them. */
  public static List<KernelResult> results(Outcome outcome, List<KernelRequest> requests) {
    return requests.stream()
        .map(
            request ->
                outcome == Outcome.DONE
                    ? KernelResult.done(request)
                    : new KernelResult(
                        request,
                        outcome,
                        Optional.of(new KernelError(1, "Operation not permitted"))))
        .toList();
  }
}
