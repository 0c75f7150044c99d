package org.jkeepalived.notify.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jkeepalived.dice.Trials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderTextTest {

  private static final Pattern WORD = Pattern.compile("=\\?UTF-8\\?B\\?([A-Za-z0-9+/=]*)\\?=");

  @Test
  void plainTextGoesAsItIs() {
    String text = "[k1] VRRP Instance VI_1 - Entering MASTER state";
    assertEquals(text, HeaderText.free(text));
  }

  @Test
  void noNameEndsTheLine() {
    assertEquals("a  Bcc: x@example.com", HeaderText.free("a\r\nBcc: x@example.com"));
    assertEquals("a  Bcc: x@example.com", HeaderText.address("a\r\nBcc: x@example.com"));
  }

  @Test
  void otherAlphabetsAreEncoded() {
    assertEquals("=?UTF-8?B?esO8cmljaA==?=", HeaderText.free("zürich"));
  }

  @Test
  void whatLooksEncodedIsNotDecoded() {
    assertEquals("=?UTF-8?B?YT0/eD89?=", HeaderText.free("a=?x?="));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jo@example.com|jo@example.com|jo@example.com",
        "Jo Doe <jo@example.com>|Jo Doe <jo@example.com>|jo@example.com",
        "Zoë <zoe@example.com>|=?UTF-8?B?Wm/Dqw==?= <zoe@example.com>|zoe@example.com",
        "<jo@example.com>|<jo@example.com>|jo@example.com",
        "jö@example.com|jö@example.com|jö@example.com",
        "a<b@example.com|a<b@example.com|b@example.com",
        "a b> c|a b> c|ab",
        "''||''",
      })
  void addresses(String written, String header, String envelope) {
    assertEquals(header == null ? "" : header, HeaderText.address(written));
    assertEquals(envelope, HeaderText.envelope(written));
  }

  @Test
  void eachRecipientIsOnALineOfItsOwn() {
    List<String> many = java.util.Collections.nCopies(1000, "someone@example.com");
    String value = HeaderText.addresses(many);
    assertEquals(many, List.of(value.split(",\r\n ")));
  }

  @Test
  void anyTextIsALineOfAHeader() {
    Trials.run(1000, dice -> isALineOfAHeader(dice.text(600)));
  }

  private static void isALineOfAHeader(String text) {
    String value = HeaderText.free(text);
    String unfolded = value.replace("\r\n ", " ");
    assertTrue(unfolded.chars().allMatch(each -> each >= ' ' && each < 0x7f), value);
    assertTrue(value.lines().allMatch(line -> line.length() <= 998), value);
  }

  @Test
  void whatIsEncodedDecodesToItself() {
    Trials.run(1000, dice -> decodesToItself(dice.text(255)));
  }

  private static void decodesToItself(String text) {
    String wellFormed =
        new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
            .replaceAll("\\p{Cntrl}", " ");
    String value = HeaderText.free("ü" + wellFormed);
    StringBuilder decoded = new StringBuilder();
    Matcher words = WORD.matcher(value);
    while (words.find()) {
      assertTrue(words.group().length() <= 75);
      byte[] bytes = Base64.getDecoder().decode(words.group(1));
      decoded.append(new String(bytes, StandardCharsets.UTF_8));
    }
    assertEquals(
        "ü"
            + wellFormed
                .codePoints()
                .map(each -> Character.isISOControl(each) ? ' ' : each)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append),
        decoded.toString());
  }

  @Test
  void noAddressBreaksACommand() {
    Trials.run(
        1000,
        dice -> {
          String bare = HeaderText.envelope(dice.text(255));
          assertTrue(
              bare.chars().noneMatch(each -> each <= ' ' || each == '<' || each == '>'), bare);
        });
  }
}
