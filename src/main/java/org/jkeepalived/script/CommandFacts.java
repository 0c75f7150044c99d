package org.jkeepalived.script;

import java.util.Optional;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;

/** What configured commands come to on this machine. May look at disks and at the user database. */
public interface CommandFacts {

  /** Nothing is known. */
  CommandFacts NONE =
      new CommandFacts() {
        @Override
        public Optional<String> program(Command command) {
          return Optional.empty();
        }

        @Override
        public Optional<Ids> ids(Account account) {
          return Optional.empty();
        }

        @Override
        public Optional<Ids> own() {
          return Optional.empty();
        }
      };

  /** The numbers of a user and a group. */
  record Ids(long user, long group) {
    @Override
    public String toString() {
      return user + ":" + group;
    }
  }

  /** The program's absolute path; empty when it is not found. */
  Optional<String> program(Command command);

  /** Whom it runs as; empty when there is no such user or group. */
  Optional<Ids> ids(Account account);

  /** Whom the daemon itself runs as. */
  Optional<Ids> own();
}
