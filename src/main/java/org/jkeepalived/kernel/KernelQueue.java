package org.jkeepalived.kernel;

import java.util.List;
import java.util.function.Consumer;

/** Carries out batches of requests, in order, elsewhere. */
@FunctionalInterface
public interface KernelQueue {

  /**
   * Hands over a batch. Does not wait.
   *
   * @param done called on the thread of who submits, later, with a result for each request
   */
  void submit(List<KernelRequest> requests, Consumer<List<KernelResult>> done);
}
