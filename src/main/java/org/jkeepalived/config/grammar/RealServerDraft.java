package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.model.lvs.Forwarding;
import org.jkeepalived.model.lvs.ServerAddress;

/** What has been read of one real server. */
final class RealServerDraft extends ServerDraft {

  final VirtualServerDraft service;
  final ServerAddress address;

  Optional<Integer> weight = Optional.empty();
  Optional<Forwarding> forwarding = Optional.empty();
  long upperThreshold;
  long lowerThreshold;
  Optional<Boolean> inhibited = Optional.empty();
  Optional<Boolean> alpha = Optional.empty();
  Optional<CommandStatement> up = Optional.empty();
  Optional<CommandStatement> down = Optional.empty();
  final List<CheckDraft> checks = new ArrayList<>();

  RealServerDraft(VirtualServerDraft service, ServerAddress address) {
    this.service = service;
    this.address = address;
  }

  /** As keepalived writes it. */
  @Override
  public String name() {
    return address.text(service.protocolText());
  }
}
