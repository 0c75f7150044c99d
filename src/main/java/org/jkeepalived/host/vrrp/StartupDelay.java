package org.jkeepalived.host.vrrp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jkeepalived.linux.MonotonicClock;
import org.jkeepalived.model.GlobalDefinitions;

/**
 * {@code vrrp_startup_delay} and {@code vrrp_delay_after_boot}: how long to wait before instances
 * start.
 *
 * @param afterStartNanos counted from the daemon's start
 * @param afterBootNanos counted from the machine's boot
 * @param startNanos the daemon's start by the monotonic clock
 */
public record StartupDelay(long afterStartNanos, long afterBootNanos, long startNanos) {

  private static final Path UPTIME = Path.of("/proc/uptime");

  public static StartupDelay of(GlobalDefinitions globals) {
    return new StartupDelay(
        globals.startupDelayNanos(), globals.delayAfterBootNanos(), MonotonicClock.nowNanos());
  }

  long remainingNanos() {
    long now = MonotonicClock.nowNanos();
    long fromStart = afterStartNanos == 0 ? 0 : afterStartNanos - (now - startNanos);
    long fromBoot = afterBootNanos == 0 ? 0 : afterBootNanos - uptimeNanos();
    return Math.max(0, Math.max(fromStart, fromBoot));
  }

  /**
   * Since boot; the largest number where the kernel does not tell, so that nothing waits for it.
   */
  private static long uptimeNanos() {
    try {
      String text = Files.readString(UPTIME);
      return (long) (Double.parseDouble(text.substring(0, text.indexOf(' '))) * 1e9);
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      return Long.MAX_VALUE;
    }
  }
}
