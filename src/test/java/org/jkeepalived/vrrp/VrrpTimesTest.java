package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The formulas, by hand. */
class VrrpTimesTest {

  /** RFC 3768 section 6.1: (256 - priority) / 256 seconds, whatever the interval. */
  @ParameterizedTest
  @CsvSource({
    "1,   1, 0.99609375, 3.99609375",
    "1, 100, 0.609375,   3.609375",
    "1, 101, 0.60546875, 3.60546875",
    "1, 254, 0.0078125,  3.0078125",
    "1, 255, 0.00390625, 3.00390625",
    "3, 100, 0.609375,   9.609375",
    "255, 1, 0.99609375, 765.99609375"
  })
  void version2(String advert, int priority, String skew, String down) {
    check(2, advert, advert, 3, priority, skew, down);
  }

  /**
   * RFC 9568 section 6.1: (256 - priority) / 256 of the master's interval, which may be another
   * than ours.
   */
  @ParameterizedTest
  @CsvSource({
    "1,    1,    100, 0.609375,       3.609375",
    "1,    0.5,  100, 0.3046875,      1.8046875",
    "0.5,  1,    100, 0.609375,       3.609375",
    "1,    0.01, 1,   0.009960937,    0.039960937",
    "1,    0.01, 255, 0.000039062,    0.030039062",
    "1,   40.95, 1,  40.790039062,  163.640039062",
    "40.95, 0.25, 200, 0.0546875,     0.8046875"
  })
  void version3(String own, String masters, int priority, String skew, String down) {
    check(3, own, masters, 3, priority, skew, down);
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 1.609375", "2, 100, 100.609375", "3, 1, 1.609375", "3, 5, 5.609375"})
  void downTimerAdverts(int version, int adverts, String down) {
    check(version, "1", "1", adverts, 100, "0.609375", down);
  }

  private static void check(
      int version,
      String own,
      String masters,
      int adverts,
      int priority,
      String skew,
      String down) {
    long masterNanos = TestInstance.nanos(masters);
    var protocol =
        TestInstance.of("version=" + version, "advert=" + own, "down_timer_adverts=" + adverts)
            .protocol();
    assertEquals(TestInstance.nanos(skew), VrrpTimes.skewNanos(version, priority, masterNanos));
    assertEquals(
        TestInstance.nanos(down), VrrpTimes.masterDownNanos(protocol, priority, masterNanos));
  }
}
