package org.jkeepalived.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WindowTest {

  private static final String MORE = " more lines: for a taller window, or less by a NAME\n";

  @Test
  void whatFitsIsShownWhole() {
    assertEquals("a\nb\n", new Window(3, 1).cut("a\nb\n"));
    assertEquals("", new Window(1, 1).cut(""));
    assertEquals("a\n".repeat(1000), Window.ENDLESS.cut("a\n".repeat(1000)));
  }

  /** The cursor takes a line as well. */
  @Test
  void whatDoesNotFitIsCounted() {
    assertEquals("a\n2" + MORE, new Window(3, 80).cut("a\nb\nc\n"));
    assertEquals("3" + MORE, new Window(1, 80).cut("a\nb\nc\n"));
    assertEquals("a\n2 mor\n", new Window(3, 5).cut("a\nb\nc\n"));
  }

  @Test
  void linesThatAreTooLongAreCutAndPaintHasNoWidth() {
    assertEquals("abc\nabc\n", new Window(9, 3).cut("abcd\nabc\n"));
    assertEquals("\033[1mabc\033[0m\n", new Window(9, 3).cut("\033[1mabc\033[0m\n"));
    assertEquals("\033[1mab\033[0m\n", new Window(9, 2).cut("\033[1mabc\033[0m\n"));
    assertEquals("a\033[1mb\033[0m\033[0m\n", new Window(9, 2).cut("a\033[1mb\033[0mc\n"));
  }
}
