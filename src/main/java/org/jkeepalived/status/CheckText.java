package org.jkeepalived.status;

import static java.util.stream.Collectors.joining;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jkeepalived.lvs.CheckSnapshot;
import org.jkeepalived.lvs.ServerSnapshot;
import org.jkeepalived.lvs.ServiceSnapshot;
import org.jkeepalived.model.lvs.BytePattern;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.model.lvs.CheckSchedule;
import org.jkeepalived.model.lvs.DnsCheck;
import org.jkeepalived.model.lvs.FileCheck;
import org.jkeepalived.model.lvs.HttpCheck;
import org.jkeepalived.model.lvs.HttpUrl;
import org.jkeepalived.model.lvs.MiscCheck;
import org.jkeepalived.model.lvs.PingCheck;
import org.jkeepalived.model.lvs.ServerAddress;
import org.jkeepalived.model.lvs.SmtpCheck;
import org.jkeepalived.model.lvs.TcpCheck;
import org.jkeepalived.model.lvs.UdpCheck;

/** The checks of real servers in the dump. */
final class CheckText {

  private static final long HTTP_RETRY_MICROS = 3_000_000;
  private static final long RETRY_MICROS = 1_000_000;

  private final CommandText commands;
  private final Optional<LvsRunText> run;
  private final Consumer<String> lines;

  /**
   * @param run to tell how they are now, too
   */
  CheckText(CommandText commands, Optional<LvsRunText> run, Consumer<String> lines) {
    this.commands = commands;
    this.run = run;
    this.lines = lines;
  }

  static String yesOrNo(boolean value) {
    return value ? "yes" : "no";
  }

  /** All checks of a virtual server. */
  void write(ServiceSnapshot service) {
    String name = service.configured().service().text();
    String protocol = service.configured().service().protocolText();
    for (ServerSnapshot server : service.servers()) {
      for (CheckSnapshot check : server.checks()) {
        lines.accept(" " + name + " -> " + server.configured().address().text(protocol));
        check(check, service.suspended());
      }
    }
  }

  private void check(CheckSnapshot snapshot, boolean suspended) {
    run.ifPresent(known -> known.checkState(snapshot, suspended).forEach(this::line));
    Check check = snapshot.configured();
    if (check instanceof FileCheck file) {
      file(file);
      run.ifPresent(known -> known.checkRuns(snapshot).forEach(this::line));
      return;
    }
    schedule(check.schedule(), standardRetryMicros(check));
    String kind = snapshot.look().kind();
    if (check instanceof HttpCheck http) {
      connection(http.connection());
      line("Keepalive method = " + kind + ", http protocol " + http.version().text());
      http(http);
    } else {
      connection(check).ifPresent(this::connection);
      line("Keepalive method = " + kind);
    }
    if (check instanceof SmtpCheck smtp) {
      line("helo = " + smtp.heloName());
    }
    if (check instanceof DnsCheck dns) {
      line("Type = " + dns.type());
      line("Name = " + dns.name());
    }
    if (check instanceof UdpCheck udp) {
      udp(udp);
    }
    if (check instanceof MiscCheck misc) {
      misc(misc);
    }
    run.ifPresent(known -> known.checkRuns(snapshot).forEach(this::line));
  }

  private static long standardRetryMicros(Check check) {
    if (check instanceof DnsCheck) {
      return 0;
    }
    return check instanceof HttpCheck ? HTTP_RETRY_MICROS : RETRY_MICROS;
  }

  private static Optional<CheckConnection> connection(Check check) {
    if (check instanceof TcpCheck tcp) {
      return Optional.of(tcp.connection());
    }
    if (check instanceof UdpCheck udp) {
      return Optional.of(udp.connection());
    }
    if (check instanceof SmtpCheck smtp) {
      return Optional.of(smtp.connection());
    }
    if (check instanceof DnsCheck dns) {
      return Optional.of(dns.connection());
    }
    return check instanceof PingCheck ping ? Optional.of(ping.connection()) : Optional.empty();
  }

  private void schedule(CheckSchedule schedule, long retryMicros) {
    line("Alpha = " + yesOrNo(schedule.alpha()));
    line("Delay loop = " + Durations.micros(schedule.intervalNanos()) + " us");
    line("Warmup = " + Durations.micros(schedule.warmupNanos()) + " us");
    line("Retries = " + schedule.retries());
    if (Durations.micros(schedule.retryNanos()) != retryMicros) {
      line("Delay before retry = " + Durations.micros(schedule.retryNanos()) + " us");
    }
    line("Default delay before retry = " + retryMicros + " us");
    line("Log all failures = " + yesOrNo(schedule.logsAllFailures()));
  }

  private void connection(CheckConnection connection) {
    line("Connection");
    line("  Dest = " + text(connection.target()));
    connection
        .source()
        .map(source -> new ServerAddress(source, connection.sourcePort()))
        .ifPresent(source -> line("  Bind to = " + text(source)));
    connection.link().ifPresent(link -> line("  Bind i/f = " + link));
    if (connection.mark() != 0) {
      line("  Mark = " + connection.mark());
    }
    line("  Timeout = " + Durations.fraction(connection.timeoutNanos()));
  }

  private static String text(ServerAddress address) {
    return "[" + address.addressText() + "]:" + address.port();
  }

  private void http(HttpCheck check) {
    line("Enable SNI " + set(check.tls().map(HttpCheck.Tls::namesServer).orElse(false)));
    line("Fast recovery " + set(check.fastRecovery()));
    check.urls().forEach(this::url);
  }

  private void url(HttpUrl url) {
    line("Checked url = " + url.path());
    url.digest().ifPresent(digest -> line("  digest = " + digest));
    line("  HTTP Status Code(s)");
    for (HttpUrl.Statuses statuses : url.statuses()) {
      boolean one = statuses.first() == statuses.last();
      line("    " + statuses.first() + (one ? "" : "-" + statuses.last()));
    }
    url.virtualHost().ifPresent(host -> line("  Virtual host = " + host));
    url.pattern().ifPresent(this::pattern);
  }

  private void pattern(HttpUrl.BodyPattern pattern) {
    line("  Regex = \"" + pattern.text() + "\"");
    if (pattern.refused()) {
      line("  Regex no match");
    }
    if (pattern.minOffset() != 0 || pattern.maxOffset().isPresent()) {
      OptionalLong most = pattern.maxOffset();
      line(
          "  Regex min offset = "
              + pattern.minOffset()
              + (most.isPresent() ? ", max_offset = " + most.getAsLong() : ""));
    }
    // COMPAT: keepalived 2.2.7 lists all options there are if there is one; these are those that
    // hold
    line("  Regex options:" + pattern.options().stream().map(one -> " " + one).collect(joining()));
  }

  private void udp(UdpCheck check) {
    line(
        check
            .payload()
            .map(bytes -> "Payload len = " + bytes.length())
            .orElse("Payload specified = no"));
    line("Require reply = " + yesOrNo(check.reply().isPresent()));
    check
        .reply()
        .ifPresent(
            reply -> {
              line("  Min reply length = " + reply.minLength());
              line("  Max reply length = " + reply.maxLength());
              line("  Reply data len = " + reply.pattern().map(BytePattern::length).orElse(0));
              reply
                  .pattern()
                  .ifPresent(bytes -> line("  Reply data mask = " + yesOrNo(bytes.hasFree())));
            });
  }

  /** COMPAT: of all that checks have in common it has nothing but this. */
  private void file(FileCheck check) {
    line("Log all failures = " + yesOrNo(check.schedule().logsAllFailures()));
    line("Keepalive method = FILE_CHECK");
    line("  Tracked file = " + check.file().name());
    line("  Reloaded = No");
  }

  private void misc(MiscCheck check) {
    line("script = " + commands.words(check.command()));
    line("timeout = " + Durations.seconds(check.timeoutNanos()));
    line("dynamic = " + (check.dynamic() ? "YES" : "NO"));
    line("uid:gid = " + commands.ids(check.command().account()));
  }

  private void line(String text) {
    lines.accept("   " + text);
  }

  private static String set(boolean value) {
    return value ? "set" : "unset";
  }
}
