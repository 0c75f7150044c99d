package org.jkeepalived.status;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.Fifo;
import org.jkeepalived.script.CommandFacts;

/** Commands and accounts in keepalived's words. What was found out once is not looked up again. */
final class CommandText {

  private final CommandFacts facts;
  private final Map<Command, String> words = new HashMap<>();
  private final Map<Account, String> ids = new HashMap<>();

  CommandText(CommandFacts facts) {
    this.facts = facts;
  }

  /** Such as {@code '/usr/bin/true' 'a' 'b c'}; COMPAT: a quote within a word is not marked. */
  String words(Command command) {
    return words.computeIfAbsent(command, this::find);
  }

  private String find(Command command) {
    return quoted(
        Stream.concat(
            Stream.of(facts.program(command).orElse(command.program())),
            command.words().stream().skip(1)));
  }

  /** The same with whom it runs as: {@code '/usr/bin/true', uid:gid 0:0}. */
  String withIds(Command command) {
    return words(command) + ", uid:gid " + ids(command.account());
  }

  /** What reads from a FIFO is told its path. */
  String reader(Command command, Fifo fifo) {
    return words(command) + " '" + fifo.path() + "', uid:gid " + ids(command.account());
  }

  /** Whose a FIFO is made; empty where that is not known. */
  Optional<String> owner(Fifo fifo) {
    return fifo.owner()
        .map(this::ids)
        .or(() -> facts.own().map(CommandFacts.Ids::toString))
        .map(numbers -> ", uid:gid " + numbers);
  }

  /** Numbers where they are known, else the names. */
  String ids(Account account) {
    return ids.computeIfAbsent(account, this::find);
  }

  private String find(Account account) {
    return facts
        .ids(account)
        .map(CommandFacts.Ids::toString)
        .orElseGet(() -> account.user() + ":" + account.group().orElse(""));
  }

  private static String quoted(Stream<String> words) {
    return words.map(word -> "'" + word + "'").collect(Collectors.joining(" "));
  }
}
