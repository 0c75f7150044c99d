package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.grammar.FileTrackerKeywords.FileDraft;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.Weight;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.FileCheck;

/** {@code FILE_CHECK}: the number in a file is added to the weight, or is a failure. */
final class FileCheckKeywords {

  private static final int GREATEST = Integer.MAX_VALUE;

  private FileCheckKeywords() {}

  private static final class CheckedFileDraft extends CheckDraft {
    private Optional<FileDraft> file = Optional.empty();
    private Optional<Weight> weight = Optional.empty();

    private CheckedFileDraft(RealServerDraft server) {
      super(server);
    }

    @Override
    Optional<Check> complete(Surroundings around) {
      FileDraft tracked = file.orElseThrow();
      return Optional.of(
          new FileCheck(
              schedule(around, 0, 1), tracked.complete(), weight.orElseGet(tracked::weight)));
    }
  }

  static final Keyword<RealServerDraft> KEYWORD =
      CheckKeywords.check(
              new Block<CheckedFileDraft>(CheckKeywords.path("FILE_CHECK"), table()),
              CheckedFileDraft::new,
              FileCheckKeywords::isComplete)
          .doc("the number in a file is added to the weight, or is a failure");

  private static List<Keyword<CheckedFileDraft>> table() {
    return List.of(
        Keyword.<CheckedFileDraft>custom(
                "track_file", Arity.REQUIRED, "NAME", FileCheckKeywords::file)
            .doc("the track_file block that names the file; it stands before this"),
        Keyword.<CheckedFileDraft>custom(
                "weight",
                Arity.OPTIONAL,
                Argument.integer(-GREATEST, GREATEST).values().then("[reverse]"),
                FileCheckKeywords::weight)
            .standardInWords("the weight of the track_file block")
            .doc("what the file's number is multiplied by; 0: a number but 0 is a failure"),
        Keyword.<CheckedFileDraft>flag("dynamic", d -> {})
            .inert()
            .doc("the file's number is added to the weight, as it is anyway"));
  }

  private static void file(Statement statement, CheckedFileDraft draft, GrammarReport report) {
    Token name = statement.arguments().get(0);
    Optional<FileDraft> found = draft.server.service.trackers.files.find(name.text());
    draft.file = found.or(() -> draft.file);
    if (found.isEmpty()) {
      report.warn(name, "no-track-file", "track_file " + name.text() + " not found");
    }
  }

  private static void weight(Statement statement, CheckedFileDraft draft, GrammarReport report) {
    List<Token> words = statement.arguments();
    if (words.isEmpty()) {
      report.warn(statement.keyword(), "no-weight", "track file weight missing");
      return;
    }
    Optional<Integer> number =
        WeightWords.number(
            words.get(0),
            GREATEST,
            "weight for track file must be in [-2147483647..2147483647] inclusive. Ignoring...",
            report);
    if (number.isEmpty()) {
      return;
    }
    boolean reversed = words.size() > 1 && reversed(words.get(1), report);
    draft.weight = Optional.of(new Weight(number.get(), reversed));
  }

  private static boolean reversed(Token option, GrammarReport report) {
    Optional<Boolean> reversed = WeightWords.reversed(option);
    if (reversed.isEmpty()) {
      report.warn(
          option,
          "bad-weight-option",
          "unknown track file weight option " + option.text() + " - ignoring");
    }
    return reversed.orElse(false);
  }

  private static boolean isComplete(CheckedFileDraft draft, Token end, GrammarReport report) {
    if (draft.file.isEmpty()) {
      report.warn(end, "no-track-file", "FILE_CHECK has no track_file specified - ignoring");
    }
    return draft.file.isPresent();
  }
}
