package org.jkeepalived.lvs.check;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jkeepalived.model.lvs.HttpUrl.BodyPattern;
import org.jkeepalived.model.lvs.PosixClasses;

/**
 * Looks for a regular expression in a body that goes by, through a window of {@link #WINDOW} bytes
 * that moves by half its length: a match may be that long. What it costs is bounded, too; a pattern
 * that tries too much is given up, and nobody knows.
 */
final class BodySearch {

  static final int WINDOW = 16_384;
  private static final int KEPT = WINDOW / 2;

  /** Characters that may be looked at for one body: a few tenths of a second. */
  static final long MOST_STEPS = 20_000_000;

  /** keepalived's names of what PCRE and Java both have. */
  private static final Map<String, Integer> FLAGS =
      Map.of(
          "caseless", Pattern.CASE_INSENSITIVE,
          "multiline", Pattern.MULTILINE,
          "dotall", Pattern.DOTALL,
          "extended", Pattern.COMMENTS,
          "ucp", Pattern.UNICODE_CHARACTER_CLASS,
          "utf", Pattern.UNICODE_CASE);

  private final Optional<Pattern> pattern;
  private final Charset charset;
  private final long minOffset;
  private final long maxOffset;

  private final byte[] window = new byte[WINDOW];
  private int length;

  /** Where in the body the window begins. */
  private long base;

  private long steps;
  private boolean found;
  private boolean decided;
  private boolean undecided;

  /**
   * @param wanted what to look for; whether it is to be found is not its concern
   */
  BodySearch(BodyPattern wanted) {
    pattern = compile(wanted);
    charset =
        wanted.options().contains("utf") ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    minOffset = wanted.minOffset();
    maxOffset = wanted.maxOffset().orElse(Long.MAX_VALUE);
    undecided = pattern.isEmpty();
    decided = undecided;
  }

  private static Optional<Pattern> compile(BodyPattern wanted) {
    // as with PCRE, only a line feed ends a line
    int flags = Pattern.UNIX_LINES;
    for (String option : wanted.options()) {
      flags |= FLAGS.getOrDefault(option, 0);
    }
    String text = PosixClasses.inJava(wanted.text());
    if (!wanted.options().contains("utf")) {
      // PCRE sees bytes, and so does the pattern
      text = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
    try {
      return Optional.of(Pattern.compile(text, flags));
    } catch (PatternSyntaxException | StackOverflowError notWithTheseOptions) {
      return Optional.empty();
    }
  }

  /** Looks at the next bytes of the body. */
  void add(ByteBuffer bytes) {
    while (bytes.hasRemaining() && !decided) {
      int taken = Math.min(bytes.remaining(), WINDOW - length);
      bytes.get(window, length, taken);
      length += taken;
      if (length == WINDOW) {
        look(false);
        slide();
      }
    }
  }

  /** The body has ended: whether it was found; empty where that costs too much to be decided. */
  Optional<Boolean> finish() {
    if (!decided) {
      look(true);
      decided = true;
    }
    return undecided ? Optional.empty() : Optional.of(found);
  }

  private void slide() {
    int dropped = WINDOW - KEPT;
    if (charset == StandardCharsets.UTF_8) {
      // not within a character
      while (dropped < WINDOW - 1 && (window[dropped] & 0xC0) == 0x80) {
        dropped++;
      }
    }
    System.arraycopy(window, dropped, window, 0, length - dropped);
    length -= dropped;
    base += dropped;
  }

  private void look(boolean atEnd) {
    // beyond the first window its first character is but what stands before
    long from = Math.max(base == 0 ? 0 : 1, minOffset - base);
    if (from > length) {
      return;
    }
    String before = new String(window, 0, (int) from, charset);
    CountedText text = new CountedText(new String(window, 0, length, charset));
    Matcher matcher = pattern.orElseThrow().matcher(text);
    matcher.useTransparentBounds(true).useAnchoringBounds(false);
    matcher.region(Math.min(before.length(), text.length()), text.length());
    try {
      // what more of the body could undo is not believed yet
      if (matcher.find() && (atEnd || !matcher.requireEnd())) {
        String skipped = text.subSequence(0, matcher.start()).toString();
        found = base + skipped.getBytes(charset).length <= maxOffset;
        decided = true;
      }
    } catch (TooManySteps | StackOverflowError tooCostly) {
      undecided = true;
      decided = true;
    }
  }

  /** Thrown out of a matcher, which nothing else can stop. */
  private static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManySteps() {
      super("too many steps", null, false, false);
    }
  }

  /** A text that counts how often it is looked at. */
  private final class CountedText implements CharSequence {
    private final String text;

    CountedText(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      steps++;
      if (steps > MOST_STEPS) {
        throw new TooManySteps();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
