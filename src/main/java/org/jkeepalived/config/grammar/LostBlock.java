package org.jkeepalived.config.grammar;

import java.util.Set;
import org.jkeepalived.config.syntax.Diagnostic;

/** Which mistakes may cost a whole block, so that what it was to make is not there. */
public final class LostBlock {

  private static final Set<String> CODES =
      Set.of(
          // where a block begins or ends, or whether its line is read at all
          "unknown-keyword",
          "missing-name",
          "missing-parameter",
          "missing-brace",
          "extra-brace",
          "unexpected-brace",
          "unclosed-block",
          "nested-too-deep",
          "unmatched-quote",
          "unterminated-quote",
          "stray-continuation",
          "line-too-long",
          "undefined-parameter",
          "parameter-loop",
          "environment-not-set",
          "invalid-sequence",
          "invalid-random",
          "include-unreadable",
          "include-no-match",
          "include-missing",
          "include-incomplete",
          "configuration-too-large",
          "too-many-diagnostics",
          // what a virtual server cannot do without
          "bad-value",
          "bad-virtual-server",
          "bad-real-server",
          "bad-fwmark",
          "bad-group-line",
          "bad-address",
          "empty-group",
          "no-group",
          "no-real-server",
          "family-mismatch");

  private LostBlock() {}

  /** Whether what is said may be the reason why something is not there. */
  public static boolean mayComeOf(Diagnostic diagnostic) {
    return CODES.contains(diagnostic.code());
  }
}
