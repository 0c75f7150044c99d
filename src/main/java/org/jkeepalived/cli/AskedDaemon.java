package org.jkeepalived.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.jkeepalived.cli.ControlClient.NobodyException;
import org.jkeepalived.control.ControlAnswer;
import org.jkeepalived.linux.process.TerminalSize;
import org.jkeepalived.status.DaemonMetrics;

/** Sends a line to the daemon, and prints what it answers: once, or again and again. */
final class AskedDaemon {

  /** Nobody is there who could be asked: none of the numbers that a daemon answers. */
  static final int NOBODY = 4;

  static final String METRICS = "metrics";
  static final String JSON = "status json";
  static final String COLOUR = "status colour";

  /** What a daemon answers of a file with mistakes that can be run. */
  private static final int FLAWED = ControlAnswer.Status.FLAWED.code();

  private static final long PATIENCE = 15;
  private static final long LONG_PATIENCE = 130;

  private static final long SECOND_NANOS = 1_000_000_000L;

  private static final String HOME = "\033[H";
  private static final String CLEAR_LINE = "\033[K";
  private static final String CLEAR_BELOW = "\033[J";

  private final PrintStream out;
  private final PrintStream err;

  AskedDaemon(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** In seconds; the daemon gives up what reads the configuration after two minutes. */
  private static long patience(String line) {
    return line.startsWith("reload") || line.startsWith("plan") ? LONG_PATIENCE : PATIENCE;
  }

  /**
   * @param line for how long it may take
   * @param sent the same, as the daemon gets it
   */
  int ask(ControlClient client, String line, String sent) {
    try {
      ControlClient.Answer answer =
          client.ask(sent, patience(line), waiting -> err.print(ShownText.plain(waiting + "\n")));
      boolean done = answer.status() == 0 || answer.status() == FLAWED;
      show(answer, line, done ? out : err);
      return answer.status();
    } catch (NobodyException e) {
      if (line.equals(METRICS)) {
        out.print(DaemonMetrics.ofNobody());
        out.flush();
      }
      return nobody(e);
    }
  }

  /** As it is for programs, and what no name in it can have steer a terminal. */
  private void show(ControlClient.Answer answer, String line, PrintStream stream) {
    if (isForPrograms(line)) {
      stream.write(answer.content(), 0, answer.content().length);
    } else {
      stream.print(shown(answer, line));
    }
    stream.flush();
  }

  private static boolean isForPrograms(String line) {
    return line.equals(METRICS) || line.equals(JSON) || line.startsWith(JSON + " ");
  }

  private static String shown(ControlClient.Answer answer, String line) {
    String text = new String(answer.content(), StandardCharsets.UTF_8);
    boolean coloured = line.equals(COLOUR) || line.startsWith(COLOUR + " ");
    return coloured ? ShownText.coloured(text) : ShownText.plain(text);
  }

  private int nobody(NobodyException reason) {
    err.print(ShownText.plain(reason.getMessage() + "\n"));
    return NOBODY;
  }

  /**
   * Until something ends this process, or the daemon cannot be asked any more, or refuses.
   *
   * @param line what is asked
   * @param sent the same, as the daemon gets it
   * @param redraws on a terminal, the new answer takes the place of the one before
   */
  int watch(ControlClient client, String line, String sent, boolean redraws) {
    // what was on the terminal before stays where it can be scrolled back to
    out.print(redraws ? HOME + CLEAR_BELOW : "");
    while (!out.checkError()) {
      try {
        ControlClient.Answer answer = client.ask(sent, patience(line));
        if (answer.status() != 0) {
          show(answer, line, err);
          return answer.status();
        }
        if (redraws) {
          String text =
              TerminalSize.ofStandardOutput()
                  .map(Window::of)
                  .orElse(Window.ENDLESS)
                  .cut(shown(answer, line));
          out.print(HOME + text.replace("\n", CLEAR_LINE + "\n") + CLEAR_BELOW);
          out.flush();
        } else {
          show(answer, line, out);
        }
      } catch (NobodyException e) {
        return nobody(e);
      }
      LockSupport.parkNanos(SECOND_NANOS);
    }
    return 0;
  }
}
