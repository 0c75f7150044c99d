package org.jkeepalived.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jkeepalived.vrrp.Counter;
import org.jkeepalived.vrrp.Discard.StatisticsLine;
import org.jkeepalived.vrrp.RunningRouter;
import org.jkeepalived.vrrp.Statistics;
import org.jkeepalived.vrrp.VirtualRouters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the statistics in keepalived's form. The VRRP thread only puts the text together; the disk
 * is this thread's.
 */
final class StatisticsFile {

  private static final Logger LOG = LoggerFactory.getLogger("org.jkeepalived.vrrp.StatisticsFile");
  private static final Path FILE = Path.of("/tmp/keepalived.stats");

  private StatisticsFile() {}

  static void write(VrrpService vrrp, boolean clear) throws InterruptedException {
    LOG.info("Printing VRRP stats for process({}) on signal", ProcessHandle.current().pid());
    CompletableFuture<String> text = new CompletableFuture<>();
    vrrp.inspect(
        routers -> {
          text.complete(text(routers));
          if (clear) {
            routers.all().forEach(running -> running.router().statistics().clear());
          }
        });
    try {
      write(text.get());
    } catch (IOException | ExecutionException e) {
      LOG.error("Can't open {}: {}", FILE, e.toString());
    }
  }

  private static void write(String text) throws IOException {
    // /tmp is everybody's: never through somebody's link, and never readable for all
    Path next = Files.createTempFile(FILE.getParent(), ".keepalived.stats", "");
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(
        next, text, StandardCharsets.UTF_8, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    Files.move(next, FILE, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  static String text(VirtualRouters routers) {
    StringBuilder text = new StringBuilder();
    for (RunningRouter running : routers.all()) {
      instance(text, running);
    }
    text.append("Packets for no VRRP Instance\n");
    line(text, 2, "Truncated", routers.get(VirtualRouters.Stray.TRUNCATED));
    line(text, 2, "Unknown VRID", routers.get(VirtualRouters.Stray.UNKNOWN_VRID));
    return text.toString();
  }

  private static void instance(StringBuilder text, RunningRouter running) {
    Statistics statistics = running.router().statistics();
    text.append("VRRP Instance: ").append(running.router().instance().name()).append('\n');
    text.append("  Advertisements:\n");
    line(text, 4, "Received", statistics.get(Counter.ADVERTISEMENTS_RECEIVED));
    line(text, 4, "Sent", statistics.get(Counter.ADVERTISEMENTS_SENT));
    line(text, 2, "Became master", statistics.get(Counter.BECAME_MASTER));
    line(text, 2, "Released master", statistics.get(Counter.RELEASED_MASTER));
    text.append("  Packet Errors:\n");
    line(text, 4, "Length", statistics.get(StatisticsLine.LENGTH));
    line(text, 4, "TTL", statistics.get(StatisticsLine.TTL));
    line(text, 4, "Invalid Type", statistics.get(StatisticsLine.TYPE));
    line(text, 4, "Advertisement Interval", statistics.get(StatisticsLine.INTERVAL));
    line(text, 4, "Address List", statistics.get(StatisticsLine.ADDRESS_LIST));
    line(text, 4, "Version", statistics.get(StatisticsLine.VERSION));
    line(text, 4, "Checksum", statistics.get(StatisticsLine.CHECKSUM));
    text.append("  Authentication Errors:\n");
    line(text, 4, "Invalid Type", statistics.get(StatisticsLine.AUTHENTICATION_TYPE_UNKNOWN));
    line(text, 4, "Type Mismatch", statistics.get(StatisticsLine.AUTHENTICATION_TYPE_MISMATCH));
    line(text, 4, "Failure", statistics.get(StatisticsLine.AUTHENTICATION_FAILURE));
    text.append("  Priority Zero:\n");
    line(text, 4, "Received", statistics.get(Counter.PRIORITY_ZERO_RECEIVED));
    line(text, 4, "Sent", statistics.get(Counter.PRIORITY_ZERO_SENT));
  }

  private static void line(StringBuilder text, int indent, String name, long value) {
    text.append(" ".repeat(indent)).append(name).append(": ").append(value).append('\n');
  }
}
