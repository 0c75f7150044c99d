package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.grammar.Grammar;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Asks the real {@code keepalived -t} about every case of the corpus. Where it answers something
 * else, the corpus must say so; {@code -Dcorpus.write=true} writes what it says now: read the diff.
 */
@Tag("lab")
@EnabledIf("org.jkeepalived.config.KeepalivedNamespace#keepalivedInstalled")
final class OracleTest {

  @Test
  void answersAsKeepalivedDoes() throws IOException, InterruptedException {
    List<Corpus.Case> cases = Corpus.all();
    List<Corpus.Case> observed = new ArrayList<>();
    KeepalivedNamespace namespace = new KeepalivedNamespace();
    try {
      for (Corpus.Case one : cases) {
        Corpus.Answer real = namespace.test(one.text());
        Optional<Corpus.Answer> different =
            same(spoken(one), real) ? Optional.empty() : Optional.of(real);
        observed.add(new Corpus.Case(one.file(), one.title(), one.text(), one.ours(), different));
      }
    } finally {
      namespace.close();
    }
    if (Boolean.getBoolean("corpus.write")) {
      Corpus.write(observed);
    } else {
      assertEquals(cases, observed, () -> differences(cases, observed));
    }
  }

  /** What is different, as a list of thousands of titles does not show. */
  private static String differences(List<Corpus.Case> cases, List<Corpus.Case> observed) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cases.size(); i++) {
      if (!cases.get(i).equals(observed.get(i))) {
        text.append(cases.get(i)).append('\n').append(cases.get(i).text());
        text.append("\nrecorded: ").append(cases.get(i).keepalived());
        text.append("\nobserved: ").append(observed.get(i).keepalived()).append('\n');
      }
    }
    return text.toString();
  }

  /** Our answer without what keepalived does not look at. */
  private static Corpus.Answer spoken(Corpus.Case one) {
    return new Corpus.Answer(
        one.ours().exit(),
        CorpusTest.load(one).diagnostics().stream()
            .filter(diagnostic -> !Grammar.isAside(diagnostic))
            .map(PlainRenderer::render)
            .filter(line -> !line.contains("not yet supported by jkeepalived"))
            .toList());
  }

  private static boolean same(Corpus.Answer ours, Corpus.Answer real) {
    List<String> lines = ours.lines().stream().distinct().sorted().toList();
    return lines.equals(real.lines().stream().sorted().toList()) && real.exit() == ours.exit();
  }
}
