package org.jkeepalived.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jkeepalived.dice.Dice;
import org.jkeepalived.dice.Trials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was found once is not found again, and the fuzz targets are fit to be fuzzed. */
class ReplayTest {

  static List<FuzzTarget> targets() throws IOException {
    return FuzzTarget.all();
  }

  @Test
  void theParsersOfWhatOthersSayAreTargets() throws IOException {
    Set<String> names = targets().stream().map(FuzzTarget::name).collect(Collectors.toSet());
    assertEquals(
        Set.of(
            "authenticated-packet",
            "configuration",
            "dns-answer",
            "http-response",
            "ipvs",
            "netlink",
            "nftables",
            "packet",
            "process-connector",
            "routing-lines",
            "routing-news",
            "script-output",
            "smtp-dialogue",
            "smtp-reply",
            "unicast-peers"),
        names);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void seedsAndFindingsPass(FuzzTarget target) {
    List<FuzzTarget.Input> inputs = target.inputs();
    assertTrue(inputs.size() > 1, target.directory() + " has no seeds");
    for (FuzzTarget.Input input : inputs) {
      try {
        target.run(input.bytes());
      } catch (Exception | Error failure) {
        throw new AssertionError(target + " fails with " + input, failure);
      }
    }
  }

  /** No search, but some of what {@code packaging/fuzz} tries first, in every run. */
  @ParameterizedTest
  @MethodSource("targets")
  void changedSeedsPass(FuzzTarget target) {
    List<FuzzTarget.Input> inputs = target.inputs();
    Trials.run(100, dice -> target.run(changed(dice, dice.of(inputs).bytes())));
  }

  private static byte[] changed(Dice dice, byte[] seed) {
    byte[] bytes = Arrays.copyOf(seed, dice.between(0, seed.length + 8));
    for (int changes = dice.between(0, 4); changes > 0 && bytes.length > 0; changes--) {
      byte[] values = dice.bytes(4);
      int at = dice.below(bytes.length);
      System.arraycopy(values, 0, bytes, at, Math.min(values.length, bytes.length - at));
    }
    return bytes;
  }

  /** Else they would lie there for nobody after a class was moved or renamed. */
  @Test
  void allInputsBelongToATarget() throws IOException {
    Set<Path> known = targets().stream().map(FuzzTarget::directory).collect(Collectors.toSet());
    try (Stream<Path> files = Files.walk(Path.of("src/test/resources"))) {
      List<Path> others =
          files
              .filter(Files::isRegularFile)
              .filter(file -> file.toString().contains("FuzzInputs/"))
              .filter(file -> !known.contains(file.getParent()))
              .toList();
      assertEquals(List.of(), others);
    }
  }
}
