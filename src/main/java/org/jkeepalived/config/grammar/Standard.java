package org.jkeepalived.config.grammar;

/**
 * What holds where a keyword is not there.
 *
 * @param text depends on the kind; empty for {@link Kind#NONE}
 * @param note what else there is to say, such as an exception; empty for nothing
 */
record Standard(Kind kind, String text, String note) {

  /** How the text is to be read. */
  enum Kind {
    /** There is no default. */
    NONE,
    /** As if the text stood after the keyword. */
    WRITTEN,
    /** What another keyword says, whose name the text is, in {@code global_defs}. */
    OF_GLOBAL,
    /** For people only. */
    IN_WORDS
  }

  static final Standard NONE = new Standard(Kind.NONE, "", "");
}
