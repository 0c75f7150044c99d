package org.jkeepalived.config.grammar;

import java.util.Optional;
import org.jkeepalived.config.grammar.ConnectionKeywords.ConnectingDraft;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.PingCheck;

/** {@code PING_CHECK}: an echo is answered. */
final class PingCheckKeywords {

  private PingCheckKeywords() {}

  private static final class PingDraft extends ConnectingDraft {
    private PingDraft(RealServerDraft server) {
      super(server);
    }

    @Override
    Optional<Check> complete(Surroundings around) {
      return Optional.of(new PingCheck(schedule(around, 1, 1), connection()));
    }
  }

  static final Keyword<RealServerDraft> KEYWORD =
      CheckKeywords.check(
              new Block<PingDraft>(CheckKeywords.path("PING_CHECK"), ConnectionKeywords.table()),
              PingDraft::new,
              (draft, end, report) -> true)
          .doc("well while an ICMP or ICMPv6 echo is answered");
}
