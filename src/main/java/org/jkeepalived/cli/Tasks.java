package org.jkeepalived.cli;

import java.util.Objects;

/**
 * What a command line may have done.
 *
 * @param daemon runs, if nothing else is asked for
 * @param test {@code -t}
 * @param release {@code --release}
 * @param pages {@code genhash}
 * @param finder where the daemon is that is to be asked
 * @param shower {@code config show}
 */
public record Tasks(
    DaemonStarter daemon,
    ConfigTestCommand test,
    ReleaseCommand release,
    PageAsker pages,
    DaemonFinder finder,
    ConfigurationShower shower) {
  public Tasks {
    Objects.requireNonNull(daemon);
    Objects.requireNonNull(test);
    Objects.requireNonNull(release);
    Objects.requireNonNull(pages);
    Objects.requireNonNull(finder);
    Objects.requireNonNull(shower);
  }
}
