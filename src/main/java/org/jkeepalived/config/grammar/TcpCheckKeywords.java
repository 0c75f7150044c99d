package org.jkeepalived.config.grammar;

import java.util.Optional;
import org.jkeepalived.config.grammar.ConnectionKeywords.ConnectingDraft;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.TcpCheck;

/** {@code TCP_CHECK}: a connection can be opened. */
final class TcpCheckKeywords {

  private TcpCheckKeywords() {}

  private static final class TcpDraft extends ConnectingDraft {
    private TcpDraft(RealServerDraft server) {
      super(server);
    }

    @Override
    Optional<Check> complete(Surroundings around) {
      return Optional.of(new TcpCheck(schedule(around, 1, 1), connection()));
    }
  }

  static final Keyword<RealServerDraft> KEYWORD =
      CheckKeywords.check(
              new Block<TcpDraft>(CheckKeywords.path("TCP_CHECK"), ConnectionKeywords.table()),
              TcpDraft::new,
              (draft, end, report) -> true)
          .doc("well while a connection can be opened");
}
