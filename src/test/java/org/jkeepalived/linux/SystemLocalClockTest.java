package org.jkeepalived.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SystemLocalClockTest {

  /** Every hour and a half of two years: all changes of the clocks are among them. */
  private static final List<Instant> MOMENTS =
      LongStream.iterate(1_767_222_000L, second -> second + 5400)
          .limit(2 * 365 * 16)
          .mapToObj(Instant::ofEpochSecond)
          .toList();

  /** Started with another TZ: what the clock shows at each moment. */
  static final class Shown {
    public static void main(String[] arguments) {
      SystemLocalClock clock = new SystemLocalClock();
      MOMENTS.forEach(moment -> System.out.println(clock.at(moment).toLocalDateTime()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "UTC"})
  void showsWhatTheZoneOfTheProcessSays(String zone) throws Exception {
    assertEquals(
        MOMENTS.stream()
            .map(moment -> LocalDateTime.ofInstant(moment, ZoneId.of(zone)).toString())
            .collect(Collectors.joining("\n")),
        shown(zone));
  }

  private static String shown(String zone) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Shown.class.getName());
    builder.environment().put("TZ", zone);
    Process process = builder.redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
