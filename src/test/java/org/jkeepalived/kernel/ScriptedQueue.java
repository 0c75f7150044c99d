package org.jkeepalived.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/** Takes batches and answers when the test says so. */
final class ScriptedQueue implements KernelQueue {

  private record Batch(List<KernelRequest> requests, Consumer<List<KernelResult>> done) {}

  private final Queue<Batch> batches = new ArrayDeque<>();

  @Override
  public void submit(List<KernelRequest> requests, Consumer<List<KernelResult>> done) {
    batches.add(new Batch(requests, done));
  }

  /** What has been handed over and not answered, a batch an element. */
  List<List<String>> pending() {
    return batches.stream()
        .map(batch -> batch.requests().stream().map(KernelRequest::toString).toList())
        .toList();
  }

  /** Answers the oldest batch; the outcomes are in its requests' order. */
  void answer(KernelResult.Outcome... outcomes) {
    Batch batch = batches.remove();
    List<KernelResult> results = new ArrayList<>();
    for (int i = 0; i < outcomes.length; i++) {
      results.add(
          new KernelResult(
              batch.requests().get(i),
              outcomes[i],
              outcomes[i] == KernelResult.Outcome.DONE
                  ? Optional.empty()
                  : Optional.of(new KernelError(22, "Invalid argument"))));
    }
    if (outcomes.length != batch.requests().size()) {
      throw new AssertionError("a batch of " + batch.requests());
    }
    batch.done().accept(results);
  }
}
