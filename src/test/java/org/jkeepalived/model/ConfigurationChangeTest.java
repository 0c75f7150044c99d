package org.jkeepalived.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ConfigurationChangeTest {

  private record Named(String name, long timeoutNanos, List<String> words) {}

  private record Whole(List<Named> parts) {}

  private static VrrpInstance instance() {
    try {
      return new VrrpInstance(
          "VI_1", new VrrpInstance.Key("eth0", InetAddress.getByName("224.0.0.18"), 51));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everySettingIsNamedWithBothValues() {
    assertEquals(List.of(), ConfigurationChange.between(instance(), instance()));
    VrrpInstance other =
        instance()
            .election(VrrpInstance.Election.STANDARD.priority(150).preempt(false))
            .protocol(VrrpInstance.Protocol.STANDARD.advertIntervalNanos(2_500_000_000L));
    assertEquals(
        List.of("advert_int 1 s -> 2.5 s", "priority 100 -> 150", "preempt yes -> no"),
        ConfigurationChange.between(instance(), other));
  }

  @Test
  void secretsAreNotTold() {
    VrrpInstance secret =
        instance()
            .protocol(
                VrrpInstance.Protocol.STANDARD.authentication(
                    new Authentication(
                        Authentication.Type.SIMPLE_PASSWORD,
                        "geheim".getBytes(StandardCharsets.UTF_8))));
    String text = String.join("; ", ConfigurationChange.between(instance(), secret));
    assertFalse(text.contains("geheim"), text);
    assertEquals(
        "authentication auth_type none -> PASS; authentication auth_pass is another one", text);
  }

  @Test
  void listsAreComparedElementByElement() {
    Named one = new Named("one", 1_000_000_000L, List.of("a", "b"));
    Named changed = new Named("one", 2_000_000_000L, List.of("b", "c"));
    Named two = new Named("two", 0, List.of());
    assertEquals(
        List.of(
            "parts one timeout 1 s -> 2 s",
            "parts one words without a",
            "parts one words with c",
            "parts with two"),
        ConfigurationChange.between(new Whole(List.of(one)), new Whole(List.of(changed, two))));
    assertEquals(
        List.of("without two", "with one"),
        ConfigurationChange.ofLists(List.of(two), List.of(one)));
    assertEquals(
        List.of("in another order"),
        ConfigurationChange.ofLists(List.of(one, two), List.of(two, one)));
  }

  @Test
  void ofVeryMuchTheBeginningIsTold() {
    List<String> many = IntStream.range(0, 100).mapToObj(Integer::toString).toList();
    List<String> told = ConfigurationChange.ofLists(List.of(), many);
    assertEquals(21, told.size());
    assertEquals("and 80 more", told.get(20));
  }
}
