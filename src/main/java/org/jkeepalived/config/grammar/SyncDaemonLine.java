package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;

/**
 * Reads {@code lvs_sync_daemon INTERFACE [[inst] INSTANCE] [id ID] [maxlen BYTES] [port PORT] [ttl
 * TTL] [group ADDRESS]}.
 */
final class SyncDaemonLine {

  static final String SYNTAX =
      "INTERFACE [[inst] INSTANCE] [id 0..255] [maxlen 1..65507] [port PORT] [ttl 1..255]"
          + " [group ADDRESS]";

  private static final String KEYWORD = "lvs_sync_daemon";
  private static final List<String> OPTIONS =
      List.of("inst", "id", "maxlen", "port", "ttl", "group");
  private static final int LONGEST_INTERFACE_NAME = 15;

  private static final Argument<Integer> ID = Argument.integer(0, 255);
  private static final Argument<Integer> MAX_LENGTH = Argument.integer(1, 65_507);
  private static final Argument<Integer> PORT = Argument.integer(1, 65_535);
  private static final Argument<Integer> TTL = Argument.integer(1, 255);

  private final SyncDraft.Line line;
  private final GrammarReport report;

  private SyncDaemonLine(SyncDraft.Line line, GrammarReport report) {
    this.line = line;
    this.report = report;
  }

  static void read(Statement statement, GlobalDraft globals, GrammarReport report) {
    List<Token> words = statement.arguments();
    SyncDraft draft = globals.director.sync;
    if (words.isEmpty()) {
      report.warn(statement.keyword(), "missing-parameter", KEYWORD + " requires interface");
      return;
    }
    Token interfaceName = words.get(0);
    if (draft.line.isPresent()) {
      SyncDraft.Line first = draft.line.get();
      report.warn(
          statement.keyword(),
          "duplicate-sync-daemon",
          KEYWORD
              + " has already been specified as "
              + first.interfaceName.text()
              + " "
              + first.instance.map(Token::text).orElse("")
              + " - ignoring");
    } else if (interfaceName.text().length() > LONGEST_INTERFACE_NAME) {
      report.warn(
          interfaceName,
          "bad-interface",
          KEYWORD + " interface name '" + interfaceName.text() + "' too long - ignoring");
    } else {
      SyncDraft.Line said = new SyncDraft.Line(interfaceName);
      draft.line = Optional.of(said);
      new SyncDaemonLine(said, report).readOptions(statement);
    }
  }

  private void readOptions(Statement statement) {
    ListIterator<Token> words = statement.arguments().listIterator(1);
    readPositions(words);
    while (words.hasNext()) {
      Token option = words.next();
      if (!OPTIONS.contains(option.text())) {
        complain(option, "Unknown option " + option.text() + " specified for " + KEYWORD);
      } else if (words.hasNext()) {
        readOption(option.text(), words.next());
      } else if (option.is("inst") && line.instance.isEmpty()) {
        int position = statement.words().size() + 1;
        SyncDraft.missing(statement.keyword(), option, position, report);
      } else {
        nothingAfter(option);
      }
    }
  }

  /** The old way: an instance, and perhaps an id, without the words that say so. */
  private void readPositions(Iterator<Token> words) {
    ListIterator<Token> ahead = (ListIterator<Token>) words;
    Optional<Token> instance = positional(ahead);
    instance.ifPresent(name -> line.instance = Optional.of(name));
    Optional<Token> id = instance.flatMap(name -> positional(ahead));
    if (id.isPresent() && readId(id.get())) {
      complain(id.get(), "Please use keyword \"id\" before " + KEYWORD + " SYNCID");
    }
  }

  private static Optional<Token> positional(ListIterator<Token> words) {
    if (!words.hasNext()) {
      return Optional.empty();
    }
    Token word = words.next();
    if (OPTIONS.contains(word.text())) {
      words.previous();
      return Optional.empty();
    }
    return Optional.of(word);
  }

  private void nothingAfter(Token option) {
    switch (option.text()) {
      case "inst" -> instanceAgain(option);
      case "id" ->
          complain(option, "No value specified for " + KEYWORD + " id, defaulting to vrid");
      default ->
          complain(
              option, "No value specified for " + KEYWORD + " " + option.text() + " - ignoring");
    }
  }

  private void readOption(String option, Token word) {
    switch (option) {
      case "inst" -> {
        if (line.instance.isPresent()) {
          instanceAgain(word);
        } else {
          line.instance = Optional.of(word);
        }
      }
      case "id" -> readId(word);
      case "maxlen" -> line.maxLength = number(option, MAX_LENGTH, word, line.maxLength);
      case "port" -> line.port = number(option, PORT, word, line.port);
      case "ttl" -> line.ttl = number(option, TTL, word, line.ttl);
      default -> readGroup(word);
    }
  }

  private void instanceAgain(Token word) {
    complain(
        word,
        KEYWORD
            + " vrrp instance has already been specified as "
            + line.instance.map(Token::text).orElse("")
            + " - ignoring");
  }

  private boolean readId(Token word) {
    Optional<Integer> id = value(ID, word);
    if (id.isEmpty()) {
      complain(word, "Invalid syncid (" + word.text() + ") - defaulting to vrid");
      return false;
    }
    line.id = OptionalInt.of(id.get());
    return true;
  }

  private OptionalInt number(
      String option, Argument<Integer> argument, Token word, OptionalInt before) {
    Optional<Integer> value = value(argument, word);
    if (value.isEmpty()) {
      complain(word, "Invalid " + KEYWORD + " " + option + " (" + word.text() + ") - ignoring");
      return before;
    }
    return OptionalInt.of(value.get());
  }

  private Optional<Integer> value(Argument<Integer> argument, Token word) {
    Argument.Parsed<Integer> parsed = argument.parser().apply(word.text());
    parsed.complaint().ifPresent(text -> report.warn(word, "bad-value", text));
    return parsed.value();
  }

  private void readGroup(Token word) {
    // COMPAT: what stands behind a slash or a hyphen is not looked at
    Optional<InetAddress> group = Addresses.ip(word.text().split("[/-]", 2)[0]);
    if (group.isEmpty()) {
      complain(word, "Invalid " + KEYWORD + " group (" + word.text() + ") - ignoring");
    } else if (!group.get().isMulticastAddress() || word.text().startsWith("::")) {
      complain(word, KEYWORD + " group address " + word.text() + " is not multicast - ignoring");
    } else {
      line.group = group;
    }
  }

  private void complain(Token word, String message) {
    report.warn(word, "bad-sync-daemon", message);
  }
}
