package org.jkeepalived.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the operator may say what is to become of a real server. */
class WishWordsTest {

  private final WishWords words = new WishWords(Optional::empty, Runnable::run);

  private Order.Outcome said(String text) {
    return words.carryOut(List.of(text.split(" ")), "user 0").join();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "VS RS drain",
        "VS RS drain --save",
        "--save FWM 5 RS weight 7",
        "fwm 5 RS enable",
        "VS RS weight 2147483647"
      })
  void understands(String text) {
    assertEquals(
        new Order.Outcome(Order.Result.FAILED, List.of("There are no virtual servers")),
        said(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "VS",
        "VS drain",
        "VS RS",
        "VS RS weight",
        "VS RS stop",
        "VS RS drain 5",
        "VS RS enable --save"
      })
  void tellsHowItIsWritten(String text) {
    assertEquals(
        new Order.Outcome(Order.Result.NOT_UNDERSTOOD, List.of(words.usage())), said(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "2147483648", "99999999999", "x"})
  void knowsWhatAWeightIs(String number) {
    assertEquals(
        new Order.Outcome(
            Order.Result.NOT_UNDERSTOOD, List.of("A weight is 0 to 2147483647, not " + number)),
        said("VS RS weight " + number));
  }
}
