package org.jkeepalived.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each expected reading was seen with getopt_long(3), through keepalived 2.2.7 or getopt(1). */
class OptionScannerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-n|DONT_FORK",
        "-nlD|DONT_FORK LOG_CONSOLE LOG_DETAIL",
        "-f x|USE_FILE=x",
        "-fx|USE_FILE=x",
        "-nf x|DONT_FORK USE_FILE=x",
        "-nfx|DONT_FORK USE_FILE=x",
        "-f -n|USE_FILE=-n",
        "-f --|USE_FILE=--",
        "-f|missing:-f",
        "-nf|DONT_FORK missing:-f",
        "-t x|CONFIG_TEST operand:x",
        "-tx|CONFIG_TEST=x",
        "-nt/x|DONT_FORK CONFIG_TEST=/x",
        "-M x|CORE_DUMP_PATTERN operand:x",
        "-Mcore.%p|CORE_DUMP_PATTERN=core.%p",
        "--use-file x|USE_FILE=x",
        "--use-file=x|USE_FILE=x",
        "--use-file=|USE_FILE=",
        "--use x|USE_FILE=x",
        "--use=x=y|USE_FILE=x=y",
        "--vrrp|VRRP",
        "--vrr|unknown:--vrr",
        "--vrrp_ x|VRRP_PID=x",
        "--check|CHECK",
        "--checkers x|CHECKERS_PID=x",
        "--all|ALL",
        "--all=3|unknown:--all=3",
        "--config-test x|CONFIG_TEST operand:x",
        "--config-test=x|CONFIG_TEST=x",
        "--perf|PERF",
        "--perf=run|PERF=run",
        "--debug=DvEc|DEBUG=DvEc",
        "--log|unknown:--log",
        "--dont-f|DONT_FORK",
        "--signum STOP|SIGNUM=STOP",
        "--signum|missing:--signum",
        "-Z|unknown:-Z",
        "-nZl|DONT_FORK unknown:-Z LOG_CONSOLE",
        "--bogus=1|unknown:--bogus=1",
        "x -n y|operand:x DONT_FORK operand:y",
        "-n -- -l|DONT_FORK operand:-l",
        "-|operand:-",
        "-:|unknown:-:",
      })
  void readsAsGetoptDoes(String commandLine, String expected) {
    List<Word> words = OptionScanner.scan(List.of(commandLine.split(" ")));
    assertEquals(
        expected, words.stream().map(OptionScannerTest::show).collect(Collectors.joining(" ")));
  }

  private static String show(Word word) {
    if (word instanceof Word.Given given) {
      Optional<String> value = given.value();
      return given.option() + value.map(text -> "=" + text).orElse("");
    }
    if (word instanceof Word.Unknown unknown) {
      return "unknown:" + unknown.spelling();
    }
    if (word instanceof Word.MissingValue missing) {
      return "missing:" + missing.spelling();
    }
    return "operand:" + ((Word.Operand) word).text();
  }
}
