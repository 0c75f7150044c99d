package org.jkeepalived.config.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.jkeepalived.dice.Trials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is an operator of the shell, and what only looks like one. */
final class ShellLineTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "/bin/bash -c '[[ -e /etc/keepalived/down ]]' && exit 1 || exit 0,&&",
        "killall -0 nginx || exit 1,||",
        "pidof haproxy >/dev/null,>",
        "pidof haproxy 2>/dev/null,>",
        "pidof haproxy 2>&1 >/dev/null,>",
        "check </dev/null,<",
        "check < /dev/null,<",
        "a; b,;",
        "a ;b,;",
        "ps ax | grep nginx,|",
        "ps ax |grep nginx,|",
        "ps ax| grep nginx,|",
        "a;b,",
        "a|b,",
        "curl -s http://x/?a=1;b=2,",
        "pgrep -f haproxy|nginx,",
        "check a>b x2>y,",
        "a&&b,&&",
        "sleep 1 &,&",
        "sleep 1& exit 0,&",
        "a \\'&& b,&&",
        "a '\\' && b,&&",
        "killall -0 nginx,",
        "curl http://x/?a=1&b=2,",
        "echo 'a && b',",
        "echo \"a || b; c > d\",",
        "echo \"it's && not\",",
        "echo \"a \\\" && b\",",
        "echo a\\;b \\&\\& c,",
        "/bin/true,",
      })
  void findsTheFirstOperatorOutsideQuotes(String text, String operator) {
    assertEquals(Optional.ofNullable(operator), ShellLine.operator(text));
  }

  @Test
  void nothingInSingleQuotesIsAnOperator() {
    Trials.run(
        1000,
        dice -> {
          String text = dice.text(20, ' ', '~').replace("'", "");
          assertEquals(Optional.empty(), ShellLine.operator("x '" + text + "' y"));
        });
  }
}
