package org.jkeepalived.cli;

import java.util.Objects;

/**
 * What a command line may have done.
 *
 * @param daemon runs, if nothing else is asked for
 * @param test {@code -t}
 * @param release {@code --release}
 * @param pages {@code genhash}
 */
public record Tasks(
    DaemonStarter daemon, ConfigTestCommand test, ReleaseCommand release, PageAsker pages) {
  public Tasks {
    Objects.requireNonNull(daemon);
    Objects.requireNonNull(test);
    Objects.requireNonNull(release);
    Objects.requireNonNull(pages);
  }
}
