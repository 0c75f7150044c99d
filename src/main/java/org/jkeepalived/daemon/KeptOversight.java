package org.jkeepalived.daemon;

import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.config.ConfigurationReader;
import org.jkeepalived.config.LoadedConfiguration;
import org.jkeepalived.config.PlainRenderer;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.LifeScripts;
import org.jkeepalived.model.Oversight;

/**
 * Settings of our own that a reload leaves as they are: where there is a mistake in
 * jkeepalived.conf that was not there before, or one elsewhere without which the page would still
 * be shown. A slip must not close what somebody looks at.
 */
final class KeptOversight {

  /** What was wrong in the file whose settings are in force. */
  private Set<String> known = Set.of();

  /** The configuration with the settings of our own that are to be in force. */
  Configuration in(
      Optional<Configuration> running, LoadedConfiguration loaded, Configuration wanted) {
    if (reason(running, loaded).isEmpty()) {
      return wanted;
    }
    LifeScripts life = wanted.life();
    return wanted
        .life(
            new LifeScripts(
                life.startup(),
                life.startupTimeoutNanos(),
                life.shutdown(),
                life.shutdownTimeoutNanos(),
                running.get().life().oversight()))
        .globals(wanted.globals().controlGroup(running.get().globals().controlGroup()));
  }

  /** For the log and whoever asks, in a line; empty where all is as it was read. */
  Optional<String> remark(Optional<Configuration> running, LoadedConfiguration loaded) {
    return reason(running, loaded)
        .map(
            why ->
                "The settings of the block jkeepalived stay as they were"
                    + running
                        .flatMap(one -> one.life().oversight().http())
                        .map(at -> ", and pages at " + text(at))
                        .orElse("")
                    + ", until this is mended: "
                    + PlainRenderer.render(why));
  }

  private static String text(InetSocketAddress at) {
    return at.getAddress().getHostAddress() + ":" + at.getPort();
  }

  /** What is in force now, unless the settings stay as they were. */
  void accepted(Optional<Configuration> running, LoadedConfiguration loaded) {
    if (reason(running, loaded).isEmpty()) {
      known = new HashSet<>();
      loaded.mistakes().forEach(mistake -> known.add(mistake.message()));
    }
  }

  private Optional<Diagnostic> reason(Optional<Configuration> running, LoadedConfiguration loaded) {
    if (running.isEmpty()) {
      return Optional.empty();
    }
    Oversight before = running.get().life().oversight();
    Oversight after = loaded.configuration().life().oversight();
    boolean closes = before.http().isPresent() && after.http().isEmpty();
    List<Diagnostic> news =
        loaded.mistakes().stream().filter(each -> !known.contains(each.message())).toList();
    return news.stream()
        .filter(ConfigurationReader::isOfOwnFile)
        .findFirst()
        .or(() -> closes ? news.stream().findFirst() : Optional.empty());
  }
}
