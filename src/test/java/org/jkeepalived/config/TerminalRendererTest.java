package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.SourceLine;
import org.jkeepalived.config.syntax.Token;
import org.junit.jupiter.api.Test;

final class TerminalRendererTest {

  private static final SourceLine INCLUDE =
      new SourceLine("main.conf", 3, "include extra.conf", Optional.empty());

  private static Token word(String text, String line, Optional<SourceLine> from) {
    SourceLine source = new SourceLine("k.conf", 12, line, from);
    int start = line.indexOf(text);
    return new Token(text, false, source, start, start + text.length());
  }

  private static Diagnostic diagnostic(Token subject, String message, String remedy) {
    return new Diagnostic(
        "c",
        Severity.WARNING,
        message,
        Optional.of(subject),
        Optional.of(remedy).filter(text -> !text.isEmpty()),
        List.of());
  }

  @Test
  void twoRemarksAboutOneWordShareItsLine() {
    Token word = word("300", "\tpriority 300", Optional.empty());

    assertEquals(
        """
        (k.conf: Line 12) one
        (k.conf: Line 12) two
           12 | \tpriority 300
              | \t         ^^^
        """,
        new TerminalRenderer(false)
            .render(List.of(diagnostic(word, "one", ""), diagnostic(word, "two", ""))));
  }

  @Test
  void coloursAndTellsWhereAFileCameFrom() {
    Token word = word("x", "x 1", Optional.of(INCLUDE));

    assertEquals(
        "\u001b[1;33m(k.conf: Line 12) Unknown keyword 'x'\u001b[0m\n"
            + "\u001b[1;34m   12\u001b[0m\u001b[1;34m | \u001b[0mx 1\n"
            + "     \u001b[1;34m | \u001b[0m\u001b[1;33m^ did you mean 'y'?\u001b[0m\n"
            + "      included from main.conf line 3\n",
        new TerminalRenderer(true)
            .render(List.of(diagnostic(word, "Unknown keyword 'x'", "did you mean 'y'?"))));
  }

  @Test
  void aLineCannotSteerTheTerminal() {
    Token word = word("x", "x \u001b[2J\u0007", Optional.empty());

    assertEquals(
        """
        (k.conf: Line 12) bad \ufffd[2J
           12 | x \ufffd[2J\ufffd
              | ^
        """,
        new TerminalRenderer(false).render(List.of(diagnostic(word, "bad \u001b[2J", ""))));
  }

  /** {@code x} and {@code y} would change places. */
  @Test
  void aLineCannotReverseTheWritingDirection() {
    Token word = word("x", "x\u202ey\u2066\u200f\ttab", Optional.empty());

    assertEquals(
        """
        (k.conf: Line 12) bad x\ufffdy
           12 | x\ufffdy\ufffd\ufffd\ttab
              | ^
        """,
        new TerminalRenderer(false).render(List.of(diagnostic(word, "bad x\u202ey", ""))));
  }

  @Test
  void whatConcernsSeveralPlacesShowsThemAll() {
    LoadedConfiguration loaded =
        Reading.of(
            "k.conf",
            """
                    vrrp_instance A {
                      interface e0
                      virtual_router_id 1
                      virtual_ipaddress {
                        10.0.0.1
                      }
                    }
                    vrrp_instance B {
                      interface e0
                      virtual_router_id 1
                      virtual_ipaddress {
                        10.0.0.2
                      }
                    }
                    """);

    assertEquals(
        """
        A and B both use VRID 1 with IPv4 on interface e0
            8 | vrrp_instance B {
              |               ^ give one of them another virtual_router_id, interface or mcast_dst_ip
            1 | vrrp_instance A {
              |               ^
        """,
        new TerminalRenderer(false).render(loaded.diagnostics()));
    assertEquals(ExitStatus.CONFIGURATION_ERRORS, loaded.exitStatus());
  }
}
