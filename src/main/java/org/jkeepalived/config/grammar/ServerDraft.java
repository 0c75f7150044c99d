package org.jkeepalived.config.grammar;

import java.util.Optional;
import org.jkeepalived.config.grammar.TimingDraft.Timed;

/** What may be said of a virtual server as well as of a real server. */
abstract class ServerDraft implements Timed {

  private final TimingDraft timing = new TimingDraft();
  Optional<Boolean> mail = Optional.empty();
  Optional<String> virtualHost = Optional.empty();
  Optional<String> snmpName = Optional.empty();

  @Override
  public final TimingDraft timing() {
    return timing;
  }
}
