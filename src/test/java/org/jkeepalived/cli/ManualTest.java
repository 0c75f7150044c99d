package org.jkeepalived.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Manual pages and completion, as the packages have them. */
class ManualTest {

  private static final Path CATALOGUE =
      Path.of("src/main/resources/org/jkeepalived/config/grammar/keywords.tsv");

  @TempDir Path share;

  @Test
  void theHelpExplainsEveryOption() {
    assertEquals(List.of(Option.values()), List.copyOf(OptionText.all().keySet()));
    OptionText.all().forEach((option, text) -> assertTrue(text.sentence().length() > 8, text + ""));
    assertEquals(
        new OptionText("=MASK", "umask for file creation (in numeric form)"),
        OptionText.all().get(Option.UMASK));
    assertEquals("[={all|run|end}]", OptionText.all().get(Option.PERF).value());
  }

  @Test
  void thePageOfTheProgramHasEveryOptionAndCommand() throws IOException {
    Documents.main(new String[] {share.toString()});
    String page = unpacked("man/man8/jkeepalived.8.gz");
    for (Option option : Option.values()) {
      assertTrue(page.contains("--" + option.longName()), option.longName());
    }
    Subcommands.declared()
        .keySet()
        .forEach(name -> assertTrue(page.contains("jkeepalived " + name), name));
  }

  @Test
  void thePageOfTheProgramTellsWhatFollowsACommandAndWhatItAnswers() throws IOException {
    Documents.main(new String[] {share.toString()});
    String page = unpacked("man/man8/jkeepalived.8.gz");
    for (String part :
        List.of(
            "\\fIon|off:\\fR ",
            "\\fINAME:\\fR ",
            "\\fI--for TIME:\\fR ",
            "\\fI--keep:\\fR ",
            "\\fIdrain|enable|weight N:\\fR ",
            "\\fI-w, --watch:\\fR ",
            "\\fI-p, --pid PIDFILE:\\fR ",
            ".B \"jkeepalived config show\"",
            "\\fITOPIC:\\fR all (each of these), vrrp (instances, ",
            "\\fILEVEL:\\fR error, warn, info, debug, trace, standard: ",
            "\\fI-u, --url PATH:\\fR the page",
            "36 (JSON)",
            "63 (STATS_CLEAR)",
            "64 (TDATA)",
            "/run/jkeepalived",
            "/tmp/keepalived.data, ",
            ".SH \"EXIT STATUS\"")) {
      assertTrue(page.contains(part), part);
    }
  }

  @Test
  void noCommandHasAnOptionTwice() {
    Subcommands.declared()
        .forEach(
            (name, command) ->
                command
                    .getCommandSpec()
                    .options()
                    .forEach(
                        option ->
                            assertEquals(
                                List.of(option.names()),
                                Arrays.stream(option.names()).distinct().toList(),
                                name + " " + option)));
  }

  @Test
  void theCommandsHaveTheirNames() {
    assertEquals(Subcommands.declared().keySet(), Set.copyOf(CommandNames.ALL));
  }

  @Test
  void thePageOfTheFileHasEveryKeyword() throws IOException {
    Documents.main(new String[] {share.toString()});
    String page = " " + unpacked("man/man5/jkeepalived.conf.5.gz").replaceAll("[^\\w-]", " ") + " ";
    for (String line : Files.readAllLines(CATALOGUE)) {
      String[] fields = line.split("\t", -1);
      if (!line.startsWith("#") && !fields[3].startsWith("retired")) {
        assertTrue(page.contains(" " + fields[1].replaceAll("[^\\w-]", " ") + " "), line);
      }
    }
  }

  @Test
  void whatIsCompressedIsUnpackedAsItWas() throws IOException {
    Path file = Files.writeString(share.resolve("page"), ".TH X 1\n");
    Documents.main(new String[] {share.toString(), file.toString(), "man/man1/x.1.gz"});
    assertEquals(".TH X 1\n", unpacked("man/man1/x.1.gz"));
  }

  @ParameterizedTest
  @CsvSource({
    "jkeepalived --config-t, --config-test",
    "jkeepalived expl, explain",
    "jkeepalived explain priority virtual_ipaddress_e, virtual_ipaddress_excluded",
    "jkeepalived log-level v, vrrp",
    "jkeepalived log-level vrrp s, standard",
    "jkeepalived maintenance o, on off",
    "jkeepalived maintenance -, --for --keep -f",
    "jkeepalived server 10.0.0.1:80 10.0.0.2:80 d, drain",
    "jkeepalived status -f src/test/resources/org/jkeepalived/cli/names.conf A, A_1 A_GROUP",
    "jkeepalived maintenance on -f src/test/resources/org/jkeepalived/cli/names.conf B, B-2",
    "jkeepalived genhash --use-s, --use-sni --use-ssl",
    "jkeepalived -f /etc/host, /etc/host.conf /etc/hostname /etc/hosts"
  })
  void bashCompletes(String line, String words) throws Exception {
    Documents.main(new String[] {share.toString()});
    String script =
        """
        . "$1"
        shift
        COMP_WORDS=("$@")
        COMP_CWORD=$(($# - 1))
        _jkeepalived
        printf '%s\\n' "${COMPREPLY[@]}"
        """;
    List<String> command =
        new ArrayList<>(
            List.of(
                "bash",
                "-c",
                script,
                "bash",
                share.resolve("bash-completion/completions/jkeepalived").toString()));
    command.addAll(Arrays.asList(line.split(" ")));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> answers =
        new String(process.getInputStream().readAllBytes()).lines().sorted().toList();
    assertTrue(
        answers.containsAll(
            Arrays.stream(words.split(" "))
                .filter(word -> !word.startsWith("/") || Files.exists(Path.of(word)))
                .toList()),
        answers.toString());
    assertTrue(
        answers.stream()
            .allMatch(answer -> answer.startsWith(line.substring(line.lastIndexOf(' ') + 1))),
        answers.toString());
  }

  private String unpacked(String file) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(share.resolve(file)))) {
      return new String(in.readAllBytes()).replace("\\-", "-");
    }
  }
}
