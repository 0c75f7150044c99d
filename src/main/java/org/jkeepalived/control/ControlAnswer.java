package org.jkeepalived.control;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What a command answers.
 *
 * @param status what has become of it
 * @param content text or JSON, put together when it is sent
 */
public record ControlAnswer(Status status, Content content) {

  /** What has become of a command. Its number begins the answer, and is the client's exit code. */
  public enum Status {
    /** It is done. */
    DONE(0),
    /** It could not be done; the text says why. */
    FAILED(1),
    /** There is no such command, or not with these words. */
    NOT_UNDERSTOOD(2),
    /** Too much is asked at once; it can be asked again. */
    BUSY(3),
    /**
     * It is done, or told; but the file has mistakes, which a reload leaves out or runs otherwise
     * than they are written: {@code -t} says the same.
     */
    FLAWED(5),
    /** It is told: the daemon would refuse that. */
    REFUSED(6);

    // 4 is the client's: nobody answers

    private final int code;

    Status(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }
  }

  /** Puts the text together, piece by piece; 10,000 instances make megabytes of it. */
  @FunctionalInterface
  public interface Content {
    void write(Consumer<String> pieces);
  }

  public ControlAnswer {
    Objects.requireNonNull(status);
    Objects.requireNonNull(content);
  }

  /** Lines of text. */
  public static ControlAnswer of(Status status, List<String> lines) {
    List<String> kept = List.copyOf(lines);
    return new ControlAnswer(
        status,
        pieces -> {
          for (String line : kept) {
            pieces.accept(line);
            pieces.accept("\n");
          }
        });
  }

  /** A line of text. */
  public static ControlAnswer of(Status status, String line) {
    return of(status, List.of(line));
  }
}
