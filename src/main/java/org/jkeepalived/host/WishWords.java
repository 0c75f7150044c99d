package org.jkeepalived.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jkeepalived.host.lvs.WishDesk;

/** {@code server}: what the operator says to drain a real server, and the like. */
final class WishWords implements Order {

  private static final String SAVE = "--save";

  private final Supplier<Optional<WishDesk>> desk;
  private final Executor files;

  /**
   * @param desk empty while there are no virtual servers
   * @param files the thread on which a file may be written
   */
  WishWords(Supplier<Optional<WishDesk>> desk, Executor files) {
    this.desk = desk;
    this.files = files;
  }

  @Override
  public String name() {
    return "server";
  }

  @Override
  public String usage() {
    return "server VS RS drain|enable|weight N [--save]: a real server gets no new connections and"
        + " keeps those that it has, or a weight, or what its checks say";
  }

  @Override
  public CompletableFuture<Outcome> carryOut(List<String> words, String asker) {
    List<String> rest = new ArrayList<>(words);
    final boolean save = rest.remove(SAVE);
    if (rest.size() > 1 && rest.get(0).equalsIgnoreCase("FWM")) {
      rest.set(0, rest.remove(0) + " " + rest.get(0));
    }
    if (rest.size() < 3) {
      return Outcome.notUnderstood(usage());
    }
    String verb = rest.get(2);
    OptionalLong weight =
        verb.equals("drain")
            ? OptionalLong.of(0)
            : verb.equals("weight") && rest.size() == 4
                ? weight(rest.get(3))
                : OptionalLong.empty();
    boolean complete = rest.size() == 3 && !verb.equals("weight");
    if (verb.equals("weight") && rest.size() == 4) {
      if (weight.isEmpty()) {
        return Outcome.notUnderstood("A weight is 0 to 2147483647, not " + rest.get(3));
      }
    } else if (!complete || weight.isEmpty() && (!verb.equals("enable") || save)) {
      return Outcome.notUnderstood(usage());
    }
    Optional<WishDesk> open = desk.get();
    if (open.isEmpty()) {
      return CompletableFuture.completedFuture(
          new Outcome(Result.FAILED, List.of("There are no virtual servers")));
    }
    return open.get()
        .wish(rest.get(0), rest.get(1), weight, save, asker, files)
        .thenApply(
            answer -> {
              List<String> lines = new ArrayList<>(answer.lines());
              answer.trouble().ifPresent(lines::add);
              return new Outcome(answer.trouble().isEmpty() ? Result.DONE : Result.FAILED, lines);
            });
  }

  private static OptionalLong weight(String text) {
    if (!text.matches("\\d{1,10}") || Long.parseLong(text) > Integer.MAX_VALUE) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(text));
  }
}
