package org.jkeepalived.config.grammar;

import java.util.Optional;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Fifo;

/** What has been read of one named pipe. */
final class FifoDraft {

  private static final String ROOT = "root";

  Optional<Token> path = Optional.empty();
  Optional<Token> user = Optional.empty();
  Optional<Token> group = Optional.empty();
  Optional<CommandStatement> script = Optional.empty();

  /** The pipe; empty where there is none, or its owner is unknown. */
  Optional<Fifo> complete(Commands commands, GrammarReport report) {
    if (path.isEmpty()) {
      return Optional.empty();
    }
    if (user.isPresent() && !commands.exists(user.get(), group)) {
      report.aside(
          user.get(),
          "bad-fifo-owner",
          "Invalid user/group for fifo " + path.get().text() + " - ignoring");
      return Optional.empty();
    }
    // COMPAT: without an owner of its own, it belongs to those that scripts run as
    Account owner = commands.account(user, group);
    return Optional.of(
        new Fifo(
            path.get().text(),
            Optional.of(owner).filter(account -> !account.user().equals(ROOT)),
            script.map(line -> commands.complete(line, Commands.Purpose.RUNNING))));
  }
}
