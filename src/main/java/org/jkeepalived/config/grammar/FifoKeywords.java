package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;

/** The keywords of {@code global_defs} about named pipes that states are written to. */
final class FifoKeywords {

  private FifoKeywords() {}

  static List<Keyword<GlobalDraft>> table() {
    List<Keyword<GlobalDraft>> table = new ArrayList<>();
    table.addAll(fifo("notify_fifo", "all that happens", g -> g.fifo));
    table.addAll(fifo("vrrp_notify_fifo", "what happens in VRRP", g -> g.vrrpFifo));
    table.addAll(fifo("lvs_notify_fifo", "what happens to virtual servers", g -> g.lvsFifo));
    table.add(
        Keyword.<GlobalDraft>toggle(
                "vrrp_notify_priority_changes", (g, on) -> g.notifyPriorityChanges = on)
            .complains("Invalid value '{value}' for global vrrp_notify_priority_changes specified")
            .standard("off")
            .doc("write changes of priorities to the FIFOs, too"));
    table.add(
        Keyword.<GlobalDraft>flag("fifo_write_vrrp_states_on_reload", g -> g.statesOnReload = true)
            .doc("write all states to the FIFOs after a reload"));
    return table;
  }

  private static List<Keyword<GlobalDraft>> fifo(
      String name, String what, Function<GlobalDraft, FifoDraft> draftOf) {
    return List.of(
        Keyword.<GlobalDraft>custom(
                name,
                Arity.OPTIONAL,
                "PATH [USER [GROUP]]",
                (statement, g, report) -> path(statement, draftOf.apply(g), report))
            .doc("the named pipe for " + what),
        Keyword.<GlobalDraft>custom(
                name + "_script",
                Arity.OPTIONAL,
                "STRING [USER [GROUP]]",
                (statement, g, report) -> script(statement, draftOf.apply(g), report))
            .doc("what reads from " + name));
  }

  private static void path(Statement statement, FifoDraft draft, GrammarReport report) {
    List<Token> words = statement.arguments();
    if (words.isEmpty() || words.get(0).text().isEmpty()) {
      String name = statement.keyword().text();
      report.warn(statement.keyword(), "no-fifo", "No " + name + " name specified");
    } else if (draft.path.isPresent()) {
      duplicate(statement.keyword(), words.get(0), report);
    } else {
      draft.path = Optional.of(words.get(0));
      draft.user = words.stream().skip(1).findFirst();
      draft.group = words.stream().skip(2).findFirst();
    }
  }

  private static void script(Statement statement, FifoDraft draft, GrammarReport report) {
    if (statement.arguments().isEmpty()) {
      String name = statement.keyword().text();
      report.warn(statement.keyword(), "no-script", "No " + name + " specified");
    } else if (draft.script.isPresent()) {
      duplicate(statement.keyword(), statement.arguments().get(0), report);
    } else {
      draft.script = CommandStatement.read(statement, report);
    }
  }

  private static void duplicate(Token keyword, Token word, GrammarReport report) {
    report.warn(
        word, "duplicate-fifo", keyword.text() + " already specified - ignoring " + word.text());
  }
}
