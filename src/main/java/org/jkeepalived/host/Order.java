package org.jkeepalived.host;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Something that the operator may want of a part of the daemon while it runs. */
public interface Order {

  /** Its first word. */
  String name();

  /** How it is written, and what comes of it. */
  String usage();

  /**
   * Has it carried out. Callable from any thread, which it does not keep.
   *
   * @param words what stands behind its name
   * @param asker who wants it, for the log
   * @return completed on any thread
   */
  CompletableFuture<Outcome> carryOut(List<String> words, String asker);

  /** What has become of an order. */
  enum Result {
    DONE,
    FAILED,
    NOT_UNDERSTOOD
  }

  /**
   * The same in words.
   *
   * @param lines for whoever has asked
   */
  record Outcome(Result result, List<String> lines) {
    public Outcome {
      Objects.requireNonNull(result);
      lines = List.copyOf(lines);
    }

    static CompletableFuture<Outcome> notUnderstood(String line) {
      return CompletableFuture.completedFuture(new Outcome(Result.NOT_UNDERSTOOD, List.of(line)));
    }
  }
}
