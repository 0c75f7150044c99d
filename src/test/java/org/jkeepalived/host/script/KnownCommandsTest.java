package org.jkeepalived.host.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.script.CommandFacts;
import org.junit.jupiter.api.Test;

final class KnownCommandsTest {

  private final KnownCommands known = new KnownCommands();

  @Test
  void accountsHaveNumbers() {
    assertEquals(Optional.of(new CommandFacts.Ids(0, 0)), known.ids(account("root")));
    assertEquals(Optional.empty(), known.ids(account("no such user")));
  }

  @Test
  void programsAreWhereLinksLead() throws IOException {
    String shell = Path.of("/bin").toRealPath().resolve("sh").toString();
    assertEquals(Optional.of(shell), known.program(command("/bin/sh", "root")));
    assertEquals(Optional.of(shell), known.program(command("/bin/sh", "no such user")));
    assertEquals(Optional.empty(), known.program(command("/no/such/program", "root")));
  }

  private static Command command(String program, String user) {
    return new Command(List.of(program), account(user), true);
  }

  private static Account account(String user) {
    return new Account(user, Optional.empty(), false);
  }
}
