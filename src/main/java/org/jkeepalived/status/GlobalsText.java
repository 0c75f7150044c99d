package org.jkeepalived.status;

import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.model.GlobalDefinitions;

/** The dump's first section: the daemon as a whole. */
final class GlobalsText {

  private final Optional<String> networkNamespace;
  private final Consumer<String> lines;

  GlobalsText(Optional<String> networkNamespace, Consumer<String> lines) {
    this.networkNamespace = networkNamespace;
    this.lines = lines;
  }

  void write(GlobalDefinitions globals) {
    lines.accept("------< Global definitions >------");
    lines.accept(" Network namespace = " + networkNamespace.orElse("(default)"));
    globals.processInstance().ifPresent(name -> lines.accept(" Instance name = " + name));
    lines.accept(" Router ID = " + globals.routerId());
    if (globals.startupDelayNanos() > 0) {
      lines.accept(" vrrp_startup_delay = " + Numbers.seconds(globals.startupDelayNanos()));
    }
    if (globals.logUnknownVrids()) {
      lines.accept(" log_unknown_vrids");
    }
  }
}
