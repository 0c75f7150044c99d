package org.jkeepalived.lvs.check;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/** What came of asking a server once. */
public sealed interface Answer {

  /** What a failure is worth. */
  enum Stage {
    /** The server is asked again soon. */
    RETRIED,
    /** It counts: there are no retries left. */
    LAST,
    /** It counts, because it is the first that is heard of the server. */
    FIRST
  }

  /**
   * It is as it should be.
   *
   * @param remarks lines for the log, in any case
   * @param recovery lines for the log where the server was down
   * @param weight the weight that the server is to have; empty for that of the configuration
   */
  record Success(List<String> remarks, List<String> recovery, OptionalLong weight)
      implements Answer {
    /** A success of which there is nothing to say. */
    public static final Success PLAIN = new Success(List.of(), List.of(), OptionalLong.empty());

    public Success {
      remarks = List.copyOf(remarks);
      recovery = List.copyOf(recovery);
      Objects.requireNonNull(weight);
    }
  }

  /**
   * It is not as it should be.
   *
   * @param words what is logged
   * @param reason why, in a line
   * @param mail what a mail says
   * @param givesBack where it counts, the weight of the configuration holds again
   */
  record Failure(Words words, String reason, String mail, boolean givesBack) implements Answer {
    public Failure {
      Objects.requireNonNull(words);
      Objects.requireNonNull(reason);
      Objects.requireNonNull(mail);
    }
  }

  /**
   * It was not asked, for want of something on this machine; that tells nothing about it. It is
   * asked again an interval later.
   */
  record NotAsked() implements Answer {}

  /** What is logged of a failure. */
  @FunctionalInterface
  interface Words {

    /**
     * The lines.
     *
     * @param all failures that do not count yet are logged, too
     */
    List<String> lines(Stage stage, boolean all);
  }
}
