package org.jkeepalived.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShellProgramsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "/x/check.sh && true # /x/check.sh",
        "/a || /b; /c | /d & /e # /a /b /c /d /e",
        "[ -e /run/x ] && exit 1 || exit 0 # /run/x",
        "if pidof nginx >/dev/null 2>&1; then exit 0; else /x/y -v; fi # pidof /x/y",
        "while ! /a; do sleep 1; done # /a sleep",
        "(cd / && /a b) && { /b; } # /a /b /",
        "timeout 5 /x/check 'a; /no' \"&& /no\" # timeout /x/check",
        "A=1 B='2 3' /x/y $A # /x/y",
        "'/x y/z' && \"/x/\"w # '/x y/z' /x/w",
        "exec /a < /in > /out 2>> /err # /a",
        "/a;/b|/c # /a /b /c",
        "\\/a && /b\\ c # /a '/b c'"
      })
  void namesEachProgram(String line, String programs) {
    ShellPrograms found = ShellPrograms.ofLine(line);
    assertEquals(Optional.empty(), found.riddle());
    List<String> expected =
        List.of(programs.strip().replaceAll(" (?=[^']*'(?:[^']*'[^']*')*[^']*$)", "_").split(" "));
    assertEquals(
        expected.stream().map(each -> each.replace("'", "").replace('_', ' ')).sorted().toList(),
        found.programs().stream().sorted().toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$X && true",
        "\"$X\" && true",
        "true && $(cat /x)",
        "echo `/x` && true",
        "echo \"$(/x)\" | cat",
        "eval '/x' && true",
        ". /x/lib && true",
        "for i in 1 2; do /x; done",
        "case $1 in a) /x ;; esac",
        "f() { /x; }; f",
        "./x && true",
        "x/y && true",
        "/x/*/y && true",
        "~/x && true",
        "PATH=/tmp x && true",
        "LD_PRELOAD=/tmp/x.so /bin/true; true",
        "cat << E | sh",
        "trap '/x' EXIT; true",
        "/x 'and no end && true",
        "/x &> /dev/null"
      })
  void whatIsWorkedOutIsARiddle(String line) {
    assertTrue(ShellPrograms.ofLine(line).riddle().isPresent());
  }

  @Test
  void onlyALineForAShellIsOne() {
    assertEquals(Optional.empty(), ShellPrograms.of(List.of("/x/check", "-c", "/y && true")));
    assertEquals(Optional.empty(), ShellPrograms.of(List.of("/bin/sh", "/x")));
    assertEquals(
        List.of("/y"),
        ShellPrograms.of(List.of("/bin/bash", "-e", "-c", "/y && true")).orElseThrow().programs());
  }
}
