package org.jkeepalived.config.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One reading of a configuration. Texts are taken one by one from a stack of what is {@link
 * Pending}; each is a condition, a sequence, a definition, an include or a statement, and may put
 * more on the stack. Nothing calls itself, so that no input is too deep for Java's stack.
 */
final class Expansion {
  /** What a parameter takes besides its characters, roughly. */
  private static final int DEFINITION_BYTES = 200;

  private final SourceLoader loader;
  private final ParseOptions options;
  private final Limits limits;
  private final Growth growth;
  private final Pool pool;
  private final SyntaxReport report;
  private final TreeBuilder tree;
  private final Parameters parameters;
  private final StatementReader statements;
  private final Includes includes;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private final Deque<OpenFile> files = new ArrayDeque<>();

  /** The definition that goes on with the next line of the file. */
  private Optional<Definition> definition = Optional.empty();

  /** Whether something was left out, so that braces may be missing for that reason alone. */
  private boolean incomplete;

  private boolean exhausted;

  Expansion(SourceLoader loader, ParseOptions options, MemoryRoom room) {
    this.loader = loader;
    this.options = options;
    this.limits = new Limits(room);
    this.growth = new Growth(limits);
    this.pool = new Pool(limits);
    this.report = new SyntaxReport(pool);
    this.tree = new TreeBuilder(pool, report);
    this.parameters = new Parameters(options);
    this.statements = new StatementReader(pool, report, limits, tree, parameters);
    this.includes = new Includes(loader, report, pool, limits);
  }

  SyntaxTree run(String path) {
    SourceLoader.Read main = loader.read(path);
    if (main.text().isEmpty()) {
      report.add(
          "no-configuration",
          Diagnostic.Severity.FATAL,
          "Configuration file '" + path + "' " + main.error().orElse("is missing"),
          Optional.empty(),
          Optional.of("Name another file with -f"),
          List.of());
      return new SyntaxTree(List.of(), report.diagnostics());
    }
    Set<IncludeCheck> checks = options.checkAllIncludes() ? IncludeCheck.ALL : IncludeCheck.NONE;
    String directory = loader.directoryOf(path);
    limits.read(main.text().get());
    open(OpenFile.main(path, directory, main.text().get(), checks));
    while (!pending.isEmpty() && !exhausted) {
      turn();
    }
    if (!incomplete) {
      tree.reportOpen();
    }
    return new SyntaxTree(tree.finish(), report.diagnostics());
  }

  private void open(OpenFile file) {
    files.push(file);
    pending.push(new Pending.OfFile(file));
  }

  /** Takes the next text from the stack and reads it. */
  private void turn() {
    Pending top = pending.peek();
    boolean isFile = top instanceof Pending.OfFile;
    Optional<Text> next = top.next();
    if (next.isEmpty() || top.isDone()) {
      pending.pop();
    }
    if (next.isEmpty()) {
      if (isFile) {
        endDefinition();
        files.pop();
      }
    } else if (!limits.line()) {
      exhaust(next.get());
    } else if (isFile) {
      readLine(next.get());
    } else {
      read(next.get());
    }
  }

  private void readLine(Text line) {
    growth.begin(line.line());
    if (line.length() > Limits.LONGEST_LINE) {
      report.fatal(
          "line-too-long",
          "A line is longer than " + Limits.LONGEST_LINE + " characters",
          line.sub(0, 1),
          "Break it into several");
      incomplete = true;
      return;
    }
    Text text = Comments.strip(line.line());
    if (definition.isPresent() && continueDefinition(line.line(), text)) {
      return;
    }
    if (PlainWords.hasOddQuotes(text.chars())) {
      report.warning(
          "unmatched-quote",
          "Unmatched quote: '" + text.shown() + "'",
          text,
          "Close the quoted string on the line it starts on");
    }
    read(text);
  }

  /** A text without its comment: a line of a file or of a parameter, or what is left of one. */
  private void read(Text whole) {
    Text text = whole.trim();
    boolean replaced = false;
    while (text.length() > 0 && !exhausted) {
      char first = text.at(0);
      if (first == '@') {
        LineCondition condition = LineCondition.of(text, options.configurationId());
        text = condition.rest().trim();
        if (!condition.holds()) {
          define(text, false);
          return;
        }
        if (!limits.copy(text.length())) {
          exhaust(text);
        }
      } else if (first == '~' && Repetition.startsAt(text.chars())) {
        repeat(text);
        return;
      } else {
        // COMPAT: a definition that only replacing has made is replaced to its end
        boolean definition = Definition.of(text, true).isPresent();
        if (definition && !replaced) {
          define(text, true);
          return;
        }
        Optional<Includes.Request> include = Includes.Request.of(text.chars());
        boolean braces = include.isEmpty() && !definition;
        int end = text.length();
        Scan scan = Scan.of(text.chars(), braces, reference -> isReplaceable(reference, end));
        if (scan.reference().isPresent()) {
          text = replace(text, scan.reference().get()).trim();
          replaced = true;
        } else if (definition) {
          define(text, true);
          return;
        } else if (include.isPresent()) {
          include(include.get(), text);
          return;
        } else {
          statement(text, scan);
          return;
        }
      }
    }
  }

  /** COMPAT: a parameter of several lines is only replaced at the end of a line. */
  private boolean isReplaceable(Reference reference, int end) {
    return parameters.knows(reference)
        && (reference.end() == end || !parameters.isMultiline(reference));
  }

  /** Replaces one reference; gives an empty text where that goes too far. */
  private Text replace(Text text, Reference reference) {
    mark(text);
    Parameter parameter = parameters.value(reference, text, files.element().directory(), report);
    if (text.replacements() >= Limits.MOST_REPLACEMENTS
        || text.length() + parameter.value().length() > Limits.LONGEST_LINE
        || (parameter.isMultiline() && text.depth() >= Limits.DEEPEST)) {
      return abandon(
          text.sub(reference.start(), reference.end()),
          "Parameter $" + reference.name() + " never comes to an end: does it refer to itself?");
    }
    if (!limits.copy(text.length() + parameter.value().length())) {
      return exhaust(text);
    }
    if (!parameter.isMultiline()) {
      return text.replace(reference.start(), reference.end(), parameter.value());
    }
    Pending.Lines lines =
        new Pending.Lines(
            parameter.lines(),
            text.place(reference.start(), reference.end(), pool),
            text.depth() + 1,
            pool);
    pending.push(lines);
    return reference.start() == 0
        ? lines.first()
        : text.replace(reference.start(), reference.end(), parameter.value()).deeper();
  }

  /** {@code ~SEQ} and {@code ~LST}: puts the rest of the line on the stack, for all its turns. */
  private void repeat(Text line) {
    mark(line);
    Text text = line;
    int at = 0;
    while (at < text.length() && text.at(at) != ')') {
      if (text.at(at) == '$') {
        Reference reference = Reference.at(text.chars(), at, Reference.Follower.ANY);
        if (!reference.isNone()
            && parameters.knows(reference)
            && !parameters.isMultiline(reference)) {
          text = replace(text, reference);
          at = 0;
          continue;
        }
      }
      at++;
    }
    if (text.length() == 0) {
      return;
    }
    Repetition repetition =
        at < text.length()
            ? Repetition.of(text.chars(), at)
            : Repetition.invalid(text.chars(), text.chars().substring(0, 4));
    if (repetition.error().isPresent()) {
      report.warning(
          "invalid-sequence",
          repetition.error().get(),
          text,
          "Write ~SEQ(VAR, START, STEP, END) or ~LST(VAR, VALUE, VALUE)");
      return;
    }
    Text rest = text.from(at + 1).trim();
    if (rest.length() > 0 && rest.depth() >= Limits.DEEPEST) {
      abandon(rest, "Sequences are nested more than " + Limits.DEEPEST + " deep");
    } else if (rest.length() > 0) {
      pending.push(new Pending.Turns(repetition, rest.deeper(), parameters));
    }
  }

  /** Carries a definition out, if the text is one, or leaves it to go on with the next line. */
  private void define(Text text, boolean counts) {
    definition = Definition.of(text, counts);
    boolean onItsLine = !text.isGenerated() && pending.peek() instanceof Pending.OfFile;
    if (!onItsLine || !Definition.continues(text.line())) {
      endDefinition();
    }
  }

  /** Whether the line belongs to the definition that is being read. */
  private boolean continueDefinition(SourceLine line, Text text) {
    Definition current = definition.orElseThrow();
    if (Comments.isOnlyComment(line)) {
      return true;
    }
    if (Blanks.isBlank(line.text())) {
      if (!current.pause()) {
        endDefinition();
      }
      return true;
    }
    if (!current.takes(line, text)) {
      endDefinition();
      return false;
    }
    current.add(text);
    if (!Definition.continues(line)) {
      endDefinition();
    }
    return true;
  }

  private void endDefinition() {
    if (definition.isPresent() && definition.get().counts()) {
      Definition done = definition.get();
      limits.allocate(DEFINITION_BYTES + done.bytes());
      if (limits.keep(1)) {
        parameters.define(done.name(), done.parameter());
      } else {
        exhaust(done.start());
      }
    }
    definition = Optional.empty();
  }

  private void include(Includes.Request request, Text text) {
    if (request.pattern().isEmpty()) {
      report.warning("unknown-keyword", "Unknown keyword '" + text.shown() + "'", text);
      return;
    }
    OpenFile from = files.element();
    Optional<List<OpenFile>> found = includes.open(request, from, text);
    if (found.isEmpty()) {
      exhaust(text);
      return;
    }
    // the first one on top of the stack: it is read first
    for (int i = found.get().size() - 1; i >= 0; i--) {
      open(found.get().get(i));
    }
  }

  /** A statement, or the part of it that stands before the first brace. */
  private void statement(Text text, Scan scan) {
    statements.reportUnresolved(text, scan);
    if (scan.brace().isEmpty()) {
      add(text);
      return;
    }
    int brace = scan.brace().getAsInt();
    add(text.sub(0, brace).trim());
    if (exhausted) {
      // a brace without the statement that was not kept would be one complaint too many
      return;
    }
    if (text.at(brace) == '{') {
      tree.open(text.sub(brace, brace + 1));
    } else {
      tree.close(text.sub(brace, brace + 1));
    }
    Text rest = text.from(brace + 1);
    if (!limits.keep(1) || !limits.copy(rest.length())) {
      exhaust(text);
    } else if (!Blanks.isBlank(rest.chars())) {
      pending.push(new Pending.Rest(rest));
    }
  }

  private void add(Text text) {
    if (!statements.add(text, files.element())) {
      exhaust(text);
    }
  }

  /** Remembers the tree where a line starts to grow: there {@link #abandon} goes back to. */
  private void mark(Text text) {
    if (text.depth() == 0 && text.replacements() == 0) {
      tree.mark();
    }
  }

  /** Gives up what a line of a file grows into. */
  private Text abandon(Text at, String message) {
    report.fatal("parameter-loop", message, at, "Break the loop, or make the line shorter");
    tree.backToMark();
    while (!(pending.element() instanceof Pending.OfFile)) {
      pending.pop();
    }
    return Text.generated("", at.place(pool), 0);
  }

  /** Gives up reading. */
  private Text exhaust(Text at) {
    report.fatal(
        ConfigurationParser.TOO_LARGE_CODE,
        "The configuration grows too large: more than "
            + limits.met()
            + growth.account().map(account -> "; " + account).orElse("")
            + ": reading stops",
        at,
        "Look for a sequence, a parameter or an include that makes more than it should; at a"
            + " reload there is less room than at a start");
    incomplete = true;
    exhausted = true;
    return Text.generated("", at.place(pool), 0);
  }
}
