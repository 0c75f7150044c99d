package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.FileTracker;
import org.jkeepalived.model.TrackKind;

/** {@code track_file}, once {@code vrrp_track_file}: a file that holds a number. */
final class FileTrackerKeywords {

  private static final Argument<Integer> VALUE =
      Argument.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);

  private FileTrackerKeywords() {}

  /** What has been read of one block. */
  static final class FileDraft extends TrackerDraft {
    private Optional<String> file = Optional.empty();
    private Optional<FileTracker.Initial> initial = Optional.empty();

    private FileDraft(Token place) {
      super(TrackKind.FILE, place);
    }

    /** The finished tracker. */
    FileTracker complete() {
      return new FileTracker(name(), file.orElseThrow(), weight(), initial);
    }
  }

  static final Keyword<GlobalDraft> KEYWORD =
      keyword("track_file").doc("a file whose number is added to priorities");

  static final Keyword<GlobalDraft> OLD_KEYWORD =
      keyword("vrrp_track_file")
          .oldSpellingOf("track_file")
          .doc("a file whose number is added to priorities");

  private static Keyword<GlobalDraft> keyword(String name) {
    return NamedBlocks.keyword(
        name,
        globals -> globals.trackers.files,
        FileDraft::new,
        new Block<>(name, table()),
        FileTrackerKeywords::isComplete);
  }

  private static List<Keyword<FileDraft>> table() {
    return List.of(
        Keyword.<FileDraft>custom("file", Arity.OPTIONAL, "PATH", FileTrackerKeywords::file)
            .doc("the file's path"),
        WeightWords.<FileDraft>keywordOnce(
                "track_file",
                254,
                "Weight ({value}) for track_file {name} must be between [-254..254] inclusive."
                    + " Ignoring...")
            .standard("1")
            .doc("what the file's number is multiplied by; 0: a number but 0 is a fault"),
        Keyword.<FileDraft>custom(
                "init_file",
                Arity.FLAG,
                "[INTEGER] [overwrite]",
                FileTrackerKeywords::initialContents)
            .alone("0")
            .doc("what is written at the start when there is no such file, or in any case"));
  }

  private static void file(Statement statement, FileDraft draft, GrammarReport report) {
    Optional<Token> path =
        statement.arguments().stream().findFirst().filter(word -> !word.text().isEmpty());
    if (path.isEmpty()) {
      report.warn(statement.keyword(), "no-file", "track file file name missing");
    } else if (draft.file.isPresent()) {
      report.warn(
          path.get(),
          "duplicate-file",
          "File already set for track file " + draft.name() + " - ignoring " + path.get().text());
    } else {
      draft.file = path.map(Token::text);
    }
  }

  private static void initialContents(Statement statement, FileDraft draft, GrammarReport report) {
    int value = 0;
    boolean overwrite = false;
    for (Token word : statement.arguments()) {
      if (word.is("overwrite")) {
        overwrite = true;
      } else if (!word.text().matches("[-+]?[0-9]+")) {
        report.warn(word, "bad-option", "Unknown track file init option " + word.text());
      } else {
        Argument.Parsed<Integer> parsed = VALUE.parser().apply(word.text());
        parsed.complaint().ifPresent(text -> report.warn(word, "bad-value", text));
        if (parsed.value().isEmpty()) {
          report.warn(
              word,
              "bad-init-file",
              "Track file " + draft.name() + " init value " + word.text() + " is invalid");
        }
        value = parsed.value().orElse(value);
      }
    }
    draft.initial = Optional.of(new FileTracker.Initial(value, overwrite));
  }

  private static boolean isComplete(FileDraft draft, Token end, GrammarReport report) {
    if (draft.file.isEmpty()) {
      report.warn(end, "no-file", "No file set for track_file " + draft.name() + " - ignoring");
    }
    return draft.file.isPresent();
  }
}
