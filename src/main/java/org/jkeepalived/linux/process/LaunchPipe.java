package org.jkeepalived.linux.process;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells the launcher, which waits on a pipe, how a daemon in the background has started: one line,
 * {@code ready} or {@code exit N}. Without a launcher that waits, it does nothing.
 */
public final class LaunchPipe {

  private static final String VARIABLE = "JKEEPALIVED_READY_FD";
  private static final String PARENT = "JKEEPALIVED_PARENT";

  private final Optional<String> descriptor;
  private final AtomicBoolean told = new AtomicBoolean();

  private LaunchPipe(Optional<String> descriptor) {
    this.descriptor = descriptor;
  }

  /** The pipe whose descriptor the launcher has put into the environment. */
  public static LaunchPipe of(Map<String, String> environment) {
    return new LaunchPipe(
        Optional.of(environment.getOrDefault(VARIABLE, "")).filter(LaunchPipe::isNumber));
  }

  /** The number of the process that stays as the parent of a daemon in the background. */
  public static OptionalLong parent(Map<String, String> environment) {
    String number = environment.getOrDefault(PARENT, "");
    return isNumber(number) ? OptionalLong.of(Long.parseLong(number)) : OptionalLong.empty();
  }

  private static boolean isNumber(String value) {
    for (int at = 0; at < value.length(); at++) {
      if (value.charAt(at) < '0' || value.charAt(at) > '9') {
        return false;
      }
    }
    return !value.isEmpty() && value.length() <= 9;
  }

  /** True if the daemon goes into the background when it is ready. */
  public boolean isPresent() {
    return descriptor.isPresent();
  }

  /**
   * The daemon is up: it leaves the terminal, and the launcher exits with 0.
   *
   * @throws IOException if the process cannot detach; the launcher does not learn anything then
   */
  public void ready() throws IOException {
    if (descriptor.isPresent() && told.compareAndSet(false, true)) {
      // first: whoever reads the launcher's output to its end must not wait for the daemon's
      OwnProcess.detach();
      tell("ready");
    }
  }

  /** The process ends without having been ready: the launcher exits with this code. */
  public void ended(int exitCode) {
    if (descriptor.isPresent() && told.compareAndSet(false, true)) {
      try {
        tell("exit " + exitCode);
      } catch (IOException launcherGone) {
        // nobody is left who wants to know
        return;
      }
    }
  }

  private void tell(String line) throws IOException {
    try (OutputStream pipe = new FileOutputStream("/proc/self/fd/" + descriptor.orElseThrow())) {
      pipe.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }
  }
}
