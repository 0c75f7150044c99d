package org.jkeepalived.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ShownTextTest {

  private static final String TEXT = "\033[31;1mFAULT\033[0m a\033[2Jb\tc\033[31mred\n\007\n";

  @Test
  void whatPaintsIsKeptWhereItIsAskedFor() {
    assertEquals(
        "\033[31;1mFAULT\033[0m a\\x1b[2Jb c\\x1b[31mred\n\\x07\n", ShownText.coloured(TEXT));
    assertEquals(
        "\\x1b[31;1mFAULT\\x1b[0m a\\x1b[2Jb c\\x1b[31mred\n\\x07\n", ShownText.plain(TEXT));
  }

  @Test
  void whatOnlyShowsItselfIsAsItWas() {
    assertEquals("a\u00fc\u4e2d b\n\n", ShownText.plain("a\u00fc\u4e2d b\n\n"));
  }
}
