package org.jkeepalived.host.script;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.loop.FatalExit;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.script.CommandRunner.Order;

/** A process that runs a script, and waits to be killed. */
final class ScriptHolder {

  private ScriptHolder() {}

  /**
   * @param arguments the script, its user
   */
  public static void main(String[] arguments) throws Exception {
    ScriptThread thread =
        new ScriptThread(new Owners(new FatalExit(() -> {}, () -> Runtime.getRuntime().halt(2))));
    Account account = new Account(arguments[1], Optional.empty(), false);
    Command command = new Command(List.of(Path.of(arguments[0]).toString()), account, false);
    Order order = new Order("held", command, List.of(), OptionalLong.empty());
    thread.execute(() -> thread.runner().start(order, outcome -> System.exit(1)));
    Thread.sleep(100_000);
  }
}
