package org.jkeepalived.host.lvs.check;

import java.util.function.Consumer;
import org.jkeepalived.lvs.check.Asking;
import org.jkeepalived.lvs.check.Conversations;
import org.jkeepalived.lvs.check.Datagrams;
import org.jkeepalived.lvs.check.Network;
import org.jkeepalived.lvs.check.WebFetcher;
import org.jkeepalived.model.lvs.CheckConnection;

/** A network that warns of questions that this machine could not ask. */
final class WarningNetwork implements Network {

  private final Network network;
  private final LackWarning lack;

  WarningNetwork(Network network, LackWarning lack) {
    this.network = network;
    this.lack = lack;
  }

  @Override
  public Asking connect(CheckConnection connection, Consumer<Attempt> done) {
    return network.connect(
        connection,
        attempt -> {
          done.accept(attempt);
          warnIf(attempt.kind() == Attempt.Kind.NOT_ASKED, attempt.reason());
        });
  }

  @Override
  public Asking fetch(WebFetcher.Question question, Consumer<WebFetcher.Ending> done) {
    return network.fetch(
        question,
        ending -> {
          done.accept(ending);
          warnIf(ending.kind() == WebFetcher.Ending.Kind.NOT_ASKED, ending.reason());
        });
  }

  @Override
  public Asking converse(
      CheckConnection connection, Talk talk, Consumer<Conversations.Ending> done) {
    return network.converse(
        connection,
        talk,
        ending -> {
          done.accept(ending);
          warnIf(ending.kind() == Conversations.Ending.Kind.NOT_ASKED, ending.reason());
        });
  }

  @Override
  public Asking exchange(Datagrams.Question question, Consumer<Datagrams.Ending> done) {
    return network.exchange(
        question,
        ending -> {
          done.accept(ending);
          warnIf(ending.kind() == Datagrams.Ending.Kind.NOT_ASKED, ending.reason());
        });
  }

  private void warnIf(boolean lacked, String reason) {
    if (lacked) {
      lack.lacking(reason);
    }
  }
}
