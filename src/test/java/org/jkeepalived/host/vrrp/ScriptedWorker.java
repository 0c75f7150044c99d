package org.jkeepalived.host.vrrp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.linux.netlink.route.AddressRequest;
import org.jkeepalived.linux.netlink.route.AddressResult;
import org.jkeepalived.linux.netlink.route.AddressResult.Outcome;

/** Takes batches and answers when the test says so. */
final class ScriptedWorker implements KernelAddresses.Worker {

  private record Batch(List<AddressRequest> requests, Consumer<List<AddressResult>> done) {}

  private final Queue<Batch> batches = new ArrayDeque<>();

  @Override
  public void submit(List<AddressRequest> requests, Consumer<List<AddressResult>> done) {
    batches.add(new Batch(requests, done));
  }

  /** What has been handed over and not answered, a batch an element. */
  List<List<String>> pending() {
    return batches.stream()
        .map(batch -> batch.requests().stream().map(AddressRequest::toString).toList())
        .toList();
  }

  /** Answers the oldest batch; the outcomes are in its requests' order. */
  void answer(Outcome... outcomes) {
    Batch batch = batches.remove();
    List<AddressResult> results = new ArrayList<>();
    for (int i = 0; i < outcomes.length; i++) {
      results.add(
          new AddressResult(
              batch.requests().get(i),
              outcomes[i],
              outcomes[i] == Outcome.DONE
                  ? Optional.empty()
                  : Optional.of(new SystemError("change", 22, "Invalid argument"))));
    }
    if (outcomes.length != batch.requests().size()) {
      throw new AssertionError("a batch of " + batch.requests());
    }
    batch.done().accept(results);
  }
}
