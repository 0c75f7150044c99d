package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jkeepalived.model.Command;
import org.jkeepalived.script.ScriptLookup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole expected texts; {@code -Dcorpus.write=true} writes what is said now: read the diff. */
final class CorpusTest {

  private static final Set<String> PROGRAMS =
      Set.of("/bin/true", "true", "/bin/false", "/bin/cat", "/bin/echo", "/bin/sh", "/bin/bash");

  private static final ScriptLookup SCRIPTS =
      new ScriptLookup() {
        @Override
        public Optional<String> objection(Command command) {
          return PROGRAMS.contains(command.program())
              ? Optional.empty()
              : Optional.of(
                  "Script "
                      + command.program()
                      + " cannot be accessed - No such file or directory");
        }

        @Override
        public boolean userExists(String user) {
          return Set.of("root", "nobody").contains(user);
        }

        @Override
        public boolean groupExists(String group) {
          return Set.of("root", "nogroup").contains(group);
        }
      };

  static Stream<Corpus.Case> cases() throws IOException {
    return Corpus.all().stream();
  }

  static LoadedConfiguration load(Corpus.Case one) {
    return Reading.of(
        Corpus.FILE,
        Map.of(Corpus.FILE, one.text()),
        Optional.of(Set.of("lo", "ens33", "eth0")),
        Optional.of(SCRIPTS));
  }

  private static Corpus.Answer answer(Corpus.Case one) {
    LoadedConfiguration loaded = load(one);
    return new Corpus.Answer(
        loaded.exitStatus().code(),
        loaded.diagnostics().stream().map(PlainRenderer::render).toList());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saysExactlyThis(Corpus.Case one) {
    assertEquals(one.ours(), answer(one));
  }

  @Test
  @EnabledIfSystemProperty(named = "corpus.write", matches = "true")
  void write() throws IOException {
    List<Corpus.Case> cases = new ArrayList<>();
    for (Corpus.Case one : Corpus.all()) {
      cases.add(
          new Corpus.Case(one.file(), one.title(), one.text(), answer(one), one.keepalived()));
    }
    Corpus.write(cases);
  }
}
