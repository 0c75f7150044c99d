package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.FileTracker;
import org.jkeepalived.model.Weight;
import org.jkeepalived.model.lvs.BytePattern;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.model.lvs.CheckSchedule;
import org.jkeepalived.model.lvs.CheckTimes;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.DnsCheck;
import org.jkeepalived.model.lvs.FileCheck;
import org.jkeepalived.model.lvs.Forwarding;
import org.jkeepalived.model.lvs.HttpCheck;
import org.jkeepalived.model.lvs.HttpUrl;
import org.jkeepalived.model.lvs.MiscCheck;
import org.jkeepalived.model.lvs.Persistence;
import org.jkeepalived.model.lvs.PingCheck;
import org.jkeepalived.model.lvs.Protocol;
import org.jkeepalived.model.lvs.RealServer;
import org.jkeepalived.model.lvs.Scheduler;
import org.jkeepalived.model.lvs.ServerAddress;
import org.jkeepalived.model.lvs.ServerConduct;
import org.jkeepalived.model.lvs.SmtpCheck;
import org.jkeepalived.model.lvs.TableSettings;
import org.jkeepalived.model.lvs.TableSockets;
import org.jkeepalived.model.lvs.TcpCheck;
import org.jkeepalived.model.lvs.TlsFiles;
import org.jkeepalived.model.lvs.UdpCheck;
import org.jkeepalived.model.lvs.VirtualServer;
import org.jkeepalived.model.lvs.VirtualService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of virtual servers; what is said about them stands in the corpus. */
final class VirtualServersTest {

  private static final long SECOND = 1_000_000_000L;

  private static List<VirtualServer> read(String text) {
    return Reading.of("k.conf", text).configuration().director().servers();
  }

  private static VirtualServer one(String lines, String inServer) {
    return read("virtual_server 10.0.0.1 80 {\n"
            + lines
            + "\nreal_server 10.0.0.2 8080 {\n"
            + inServer
            + "\n}\n}\n")
        .get(0);
  }

  private static InetAddress ip(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void whatIsNotSaidHasKeepalivedsDefaults() {
    VirtualServer server = one("", "TCP_CHECK {\n}");
    RealServer real = server.servers().get(0);

    assertEquals(
        new VirtualService.ByAddress(new ServerAddress(ip("10.0.0.1"), 80), Protocol.UDP),
        server.service());
    assertEquals("[10.0.0.1]:udp:80", server.service().text());
    assertEquals(Scheduler.WLC, server.balancing().scheduler());
    assertEquals(Forwarding.NAT, real.forwarding());
    assertEquals(Optional.empty(), server.balancing().persistence());
    assertEquals(1, server.quorum().weight());
    assertEquals(new RealServer.Load(1, 0, 0), real.load());
    assertEquals(true, real.tidings().mail());
    assertEquals(false, server.conduct().mail());
    assertEquals(
        List.of(
            new TcpCheck(
                new CheckSchedule(60 * SECOND, 60 * SECOND, 1, SECOND, false, false),
                new CheckConnection(
                    new ServerAddress(ip("10.0.0.2"), 8080),
                    Optional.empty(),
                    0,
                    Optional.empty(),
                    0,
                    5 * SECOND))),
        real.checks());
  }

  @Test
  void aServerHasWhatItsServiceSaysOfChecksAndKeepsWhatItSaysItself() {
    VirtualServer server =
        one(
            "retry 3\nwarmup 0\ndelay_loop 2.5\nalpha\ninhibit_on_failure\nvirtualhost www",
            "retry 1\ndelay_before_retry 4\nconnect_timeout 2\nalpha no");
    ServerConduct forAll =
        new ServerConduct(
            true,
            true,
            Optional.of("www"),
            new CheckTimes(
                5 * SECOND / 2,
                5 * SECOND,
                OptionalLong.of(0),
                OptionalLong.of(3),
                OptionalLong.empty()));
    assertEquals(forAll, server.conduct().servers());
    ServerConduct itsOwn =
        new ServerConduct(
            false,
            true,
            Optional.empty(),
            new CheckTimes(
                5 * SECOND / 2,
                2 * SECOND,
                OptionalLong.of(0),
                OptionalLong.of(1),
                OptionalLong.of(4 * SECOND)));
    assertEquals(itsOwn, server.servers().get(0).conduct());
    VirtualServer silent = one("", "");
    assertEquals(ServerConduct.of(false, false), silent.conduct().servers());
    assertEquals(ServerConduct.of(false, false), silent.servers().get(0).conduct());
  }

  /** COMPAT: {@code Removing service [10.0.0.2]:none:80 from VS [G]:0}. */
  @ParameterizedTest
  @CsvSource({"fwmark 5, none", "10.0.0.1 80\\nfwmark 5, tcp"})
  void marksAloneHaveNoProtocol(String members, String protocol) {
    VirtualServer server =
        read("virtual_server_group G {\n%s\n}\nvirtual_server group G {\nprotocol TCP\nreal_server 10.0.0.2 80 {\n}\n}\n"
                .formatted(line(members)))
            .get(0);
    assertEquals(protocol, server.service().protocolText());
  }

  /** What is said nowhere is looked for outwards: server or service, checkers, all. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // in global_defs, in the service, in the server; mails of service, server, checks
        "||| false, true, true",
        "smtp_alert||| true, true, true",
        "smtp_alert no||| false, false, false",
        "smtp_alert_checker||| true, true, true",
        "smtp_alert_vrrp||| false, true, true",
        "smtp_alert\\nsmtp_alert_checker no||| false, false, false",
        "smtp_alert_checker no|smtp_alert|| true, false, false",
        "smtp_alert_checker no||smtp_alert| false, true, true",
        "smtp_alert||smtp_alert no| true, false, false",
        "no_checker_emails||| false, true, false",
        "no_checker_emails\\nsmtp_alert_checker no||| false, false, false",
      })
  void whoWantsMail(String globals, String service, String server, String mails) {
    VirtualServer read =
        read("global_defs {\n%s\n}\nvirtual_server 10.0.0.1 80 {\n%s\nreal_server 10.0.0.2 80 {\n%s\n}\n}\n"
                .formatted(line(globals), line(service), line(server)))
            .get(0);
    RealServer.Tidings tidings = read.servers().get(0).tidings();
    assertEquals(mails, read.conduct().mail() + ", " + tidings.mail() + ", " + tidings.checkMail());
  }

  private static String line(String written) {
    return written == null ? "" : written.replace("\\n", "\n");
  }

  @Test
  void aCheckHasFromItsServerAndFromItsServiceWhatItDoesNotSay() {
    String both =
        "delay_loop 7.5\nretry 4\nconnect_timeout 3\nwarmup 9\ndelay_before_retry 2\nalpha";
    String check = "TCP_CHECK {\nretry 0\n}\nMISC_CHECK {\nmisc_path /bin/x\n}";
    VirtualServer server = one(both, "delay_loop 3\nalpha no\n" + check);
    TcpCheck tcp = (TcpCheck) server.servers().get(0).checks().get(0);
    MiscCheck misc = (MiscCheck) server.servers().get(0).checks().get(1);

    assertEquals(
        new CheckSchedule(3 * SECOND, 9 * SECOND, 0, 2 * SECOND, false, false), tcp.schedule());
    assertEquals(3 * SECOND, tcp.connection().timeoutNanos());
    assertEquals(4, misc.schedule().retries());
    assertEquals(3 * SECOND, misc.timeoutNanos());
  }

  @Test
  void mailServersAreAskedUnderTheNameOfTheCheckAndEachHostIsACheck() {
    List<Check> checks =
        one(
                "connect_timeout 3\nretry 4",
                "SMTP_CHECK {\nhelo_name a.test\nretry 2\nconnect_ip 10.0.0.3\n"
                    + "host {\nconnect_port 26\ndelay_loop 9\n}\nhost {\nconnect_timeout 7\n}\n}\nSMTP_CHECK {\n}")
            .servers()
            .get(0)
            .checks();
    assertEquals(
        List.of(
            "a.test 10.0.0.3:8080 3 s, retry 2, every 60 s",
            "a.test 10.0.0.2:26 3 s, retry 4, every 9 s",
            "a.test 10.0.0.2:8080 7 s, retry 4, every 60 s",
            "smtpchecker.keepalived.org 10.0.0.2:8080 3 s, retry 4, every 60 s"),
        checks.stream().map(check -> text((SmtpCheck) check)).toList());
  }

  private static String text(SmtpCheck check) {
    ServerAddress target = check.connection().target();
    return "%s %s:%d %d s, retry %d, every %d s"
        .formatted(
            check.heloName(),
            target.addressText(),
            target.port(),
            check.connection().timeoutNanos() / SECOND,
            check.schedule().retries(),
            check.schedule().intervalNanos() / SECOND);
  }

  /** The next try comes as late as the next run, unless anybody says otherwise. */
  @Test
  void nameServersAreAskedForWhatIsWritten() {
    DnsCheck silent = dns("", "");
    assertEquals(DnsCheck.Type.SOA, silent.type());
    assertEquals("", silent.name());
    assertEquals(3, silent.schedule().retries());
    assertEquals(60 * SECOND, silent.schedule().retryNanos());
    assertEquals(5 * SECOND, dns("delay_loop 5", "").schedule().retryNanos());
    assertEquals(7 * SECOND, dns("delay_loop 5", "delay_loop 7").schedule().retryNanos());
    assertEquals(2 * SECOND, dns("delay_before_retry 2", "delay_loop 7").schedule().retryNanos());
    assertEquals(1, dns("retry 1", "").schedule().retries());
    DnsCheck asked = dns("", "type aaaa\nname www.example.test.\nname other.test");
    assertEquals(DnsCheck.Type.AAAA, asked.type());
    assertEquals("www.example.test.", asked.name());
    DnsCheck wrong = dns("", "type SRV\nname www..test");
    assertEquals(DnsCheck.Type.SOA, wrong.type());
    assertEquals("", wrong.name());
  }

  private static DnsCheck dns(String service, String check) {
    return (DnsCheck)
        one(service, "DNS_CHECK {\n" + check + "\n}").servers().get(0).checks().get(0);
  }

  @Test
  void eachKindOfCheckHasRetriesOfItsOwn() {
    RealServer server =
        one("", "MISC_CHECK {\nmisc_path /bin/x\n}\nHTTP_GET {\nurl {\npath /\n}\n}")
            .servers()
            .get(0);

    assertEquals(0, server.checks().get(0).schedule().retries());
    assertEquals(SECOND, server.checks().get(0).schedule().retryNanos());
    assertEquals(1, server.checks().get(1).schedule().retries());
    assertEquals(3 * SECOND, server.checks().get(1).schedule().retryNanos());
  }

  @Test
  void datagramsHavePayloadsAndReplies() {
    String checks =
        "UDP_CHECK {\npayload Ab12f 3 456 546443123\nrequire_reply FF x 1X\n"
            + "min_reply_length 2\nmax_reply_length 9\nconnect_port 7\n}\n"
            + "UDP_CHECK {\npayload hello\nrequire_reply\n}\n"
            + "UDP_CHECK {\nmax_reply_length 9\n}\n"
            + "PING_CHECK {\nconnect_timeout 2\nfwmark 5\n}";
    List<Check> read = one("", checks).servers().get(0).checks();

    UdpCheck all = (UdpCheck) read.get(0);
    assertEquals(Optional.of(new BytePattern("AB120F03450654644312" + "03")), all.payload());
    assertEquals(
        Optional.of(new UdpCheck.Reply(Optional.of(new BytePattern("FF0X1X")), 2, 9)), all.reply());
    assertEquals(7, all.connection().target().port());
    assertEquals(1, all.schedule().retries());
    assertEquals(SECOND, all.schedule().retryNanos());
    UdpCheck some = (UdpCheck) read.get(1);
    assertEquals(Optional.empty(), some.payload());
    assertEquals(Optional.of(new UdpCheck.Reply(Optional.empty(), 0, 255)), some.reply());
    assertEquals(Optional.empty(), ((UdpCheck) read.get(2)).reply());
    PingCheck ping = (PingCheck) read.get(3);
    assertEquals(2 * SECOND, ping.connection().timeoutNanos());
    assertEquals(5, ping.connection().mark());
    assertEquals(1, ping.schedule().retries());
  }

  @Test
  void filesHaveTheirOwnWeightUnlessACheckSaysAnother() {
    Configuration configuration =
        Reading.of(
                "k",
                "track_file f1 {\nfile /x\nweight 4 reverse\n}\ntrack_file f2 {\nfile /y\n}\n"
                    + "virtual_server 10.0.0.1 80 {\nprotocol TCP\nlvs_sched rr\n"
                    + "real_server 10.0.0.2 80 {\n"
                    + "FILE_CHECK {\ntrack_file f1\n}\n"
                    + "FILE_CHECK {\nweight -5\ntrack_file f2\n}\n"
                    + "FILE_CHECK {\ntrack_file f1\nweight 0\n}\n}\n}\n")
            .configuration();
    List<FileCheck> checks =
        configuration.director().servers().get(0).servers().get(0).checks().stream()
            .map(FileCheck.class::cast)
            .toList();

    assertEquals(
        List.of(new Weight(4, true), new Weight(-5, false), new Weight(0, false)),
        checks.stream().map(FileCheck::weight).toList());
    // nobody of VRRP tracks them, and they are read all the same
    assertEquals(List.of(), configuration.trackers().files());
    assertEquals(
        List.of("f1", "f2"), configuration.trackedFiles().stream().map(FileTracker::name).toList());
  }

  @Test
  void aUrlHasTheNearestVirtualHost() {
    String urls =
        "url {\npath /a\nvirtualhost url.test\nstatus_code 200 301-302\n"
            + "digest 0123456789ABCDEF0123456789abcdef\n}\nurl {\npath /b\nregex \"a b\"\n"
            + "regex_options caseless\nregex_min_offset 4\n}";
    VirtualServer server =
        one("virtualhost service.test", "virtualhost server.test\nSSL_GET {\n" + urls + "\n}");
    HttpCheck check = (HttpCheck) server.servers().get(0).checks().get(0);

    assertEquals(Optional.of(new HttpCheck.Tls(false, Optional.empty(), false)), check.tls());
    assertEquals(
        List.of(
            new HttpUrl(
                "/a",
                Optional.of("url.test"),
                Optional.of("0123456789abcdef0123456789abcdef"),
                List.of(new HttpUrl.Statuses(200, 200), new HttpUrl.Statuses(301, 302)),
                Optional.empty(),
                false),
            new HttpUrl(
                "/b",
                Optional.of("server.test"),
                Optional.empty(),
                List.of(HttpUrl.Statuses.SUCCESS),
                Optional.of(
                    new HttpUrl.BodyPattern(
                        "a b", false, List.of("caseless"), 4, OptionalLong.empty())),
                false)),
        check.urls());
  }

  @Test
  void withoutNatAServerIsSpokenToAtTheServicesPortAndCheckedAtItsOwn() {
    VirtualServer server = one("lvs_method DR", "TCP_CHECK {\n}");
    TcpCheck check = (TcpCheck) server.servers().get(0).checks().get(0);

    assertEquals(80, server.servers().get(0).address().port());
    assertEquals(8080, check.connection().target().port());
    assertEquals(8080, one("", "").servers().get(0).address().port());
  }

  @Test
  void marksGroupsAndSorryServers() {
    List<VirtualServer> servers =
        read(
            """
            virtual_server_group G {
              10.9.1.250-10.9.2.5 80
              fd00::1-ff 81
              fwmark 7 inet6
            }
            virtual_server group G {
              protocol TCP
              lvs_method TUN type gue port 6080 csum
              persistence_timeout
              real_server 10.0.0.2 80 {
              }
            }
            virtual_server fwmark 5 {
              sorry_server fd00::9
              sorry_server_inhibit
              real_server fd00::2 {
              }
            }
            """);
    VirtualService.ByGroup group = (VirtualService.ByGroup) servers.get(0).service();

    assertEquals("[G]:0", group.text());
    assertEquals(
        List.of(12L, 255L), group.group().ranges().stream().map(range -> range.count()).toList());
    assertEquals(Optional.of(AddressFamily.IPV6), group.group().marks().get(0).family());
    assertEquals(
        new Forwarding.Tunnel(
            Forwarding.Tunnel.Type.GUE, OptionalInt.of(6080), Forwarding.Tunnel.Checksum.LOCAL),
        servers.get(0).balancing().forwarding().tunnel().orElseThrow());
    assertEquals(
        Persistence.STANDARD_SECONDS,
        servers.get(0).balancing().persistence().orElseThrow().timeoutSeconds());
    assertEquals(new VirtualService.ByMark(5, AddressFamily.IPV6), servers.get(1).service());
    assertEquals(
        Optional.of(
            new VirtualServer.SorryServer(
                new ServerAddress(ip("fd00::9"), 0), Forwarding.NAT, true)),
        servers.get(1).sorry());
  }

  @Test
  void aPatternThatDoesNotCompileCostsTheCheckAndNotTheServer() {
    String check = "HTTP_GET {\nurl {\npath /\nregex %s\n}\n}";

    assertEquals(1, one("", check.formatted("a")).servers().get(0).checks().size());
    assertEquals(0, one("", check.formatted("(")).servers().get(0).checks().size());
  }

  @Test
  void theLongestTimesFit() {
    VirtualServer server = one("delay_loop 18446744073709.551614", "TCP_CHECK {\n}");
    String addresses = "[fd00::1:0:0:1]:tcp:80 [::1]:tcp:80 [fd00:0:0:1::]:tcp:80";

    assertEquals(
        9_000_000_000L * SECOND,
        server.servers().get(0).checks().get(0).schedule().intervalNanos());
    for (String text : addresses.split(" ")) {
      String address = text.substring(1, text.indexOf(']'));
      assertEquals(text, new ServerAddress(ip(address), 80).text("tcp"));
    }
  }

  @Test
  void whatIsShownOverTlsIsReadAndThePasswordIsNotTold() {
    Director director =
        Reading.of(
                "k.conf",
                "SSL {\nca /ca\ncertificate /cert\nkey /key\npassword secret\n}\n"
                    + "global_defs {\nlvs_timeouts tcp 5 udp 7\nlvs_flush_on_stop VS\n}\n")
            .configuration()
            .director();

    assertEquals(
        new TlsFiles(
            Optional.of("/ca"), Optional.of("/cert"), Optional.of("/key"), Optional.of("secret")),
        director.tls());
    assertFalse(director.toString().contains("secret"));
    assertEquals(
        new TableSettings(
            true,
            new TableSettings.Timeouts(OptionalInt.of(5), OptionalInt.empty(), OptionalInt.of(7)),
            false,
            TableSettings.AtStop.REMOVE_SERVICES,
            TableSettings.STANDARD_COMPARISON_NANOS,
            Optional.empty(),
            TableSockets.STANDARD),
        director.table());
  }

  @Test
  void theComparisonOfTheTableHasItsInterval() {
    assertEquals(2_500_000_000L, comparisonNanos("2.5"));
    assertEquals(3_600_000_000_000L, comparisonNanos("3600"));
    assertEquals(TableSettings.STANDARD_COMPARISON_NANOS, comparisonNanos("0.9"));
    assertEquals(TableSettings.STANDARD_COMPARISON_NANOS, comparisonNanos("3600.1"));
    assertEquals(TableSettings.STANDARD_COMPARISON_NANOS, comparisonNanos("often"));
  }

  @Test
  void aSlowStartHoldsForAllOrForOne() {
    LoadedConfiguration reading =
        Reading.of(
            "k.conf",
            """
            jkeepalived {
              slow_start 30
              slow_start 2.5 [192.0.2.1]:tcp:80
              slow_start 0 FWM 7
              slow_start 3 [192.0.2.9]:tcp:80
              slow_start soon
            }
            virtual_server 192.0.2.1 80 {
              protocol TCP
              real_server 192.0.2.11 80 {
              }
            }
            virtual_server fwmark 7 {
              real_server 192.0.2.11 80 {
              }
            }
            virtual_server 192.0.2.2 80 {
              protocol TCP
              real_server 192.0.2.11 80 {
              }
            }
            """);
    assertEquals(
        List.of(2_500_000_000L, 0L, 30_000_000_000L),
        reading.configuration().director().servers().stream()
            .map(server -> server.conduct().slowStartNanos())
            .toList());
    assertEquals(
        List.of(
            "slow_start: there is no virtual server [192.0.2.9]:tcp:80 - ignoring",
            "slow_start 'soon' is not a number of seconds from 0 to 86400 - ignoring"),
        reading.diagnostics().stream()
            .map(one -> one.message())
            .filter(text -> text.startsWith("slow_start"))
            .toList());
  }

  private static long comparisonNanos(String value) {
    return Reading.of("k.conf", "jkeepalived {\nipvs_comparison_interval " + value + "\n}\n")
        .configuration()
        .director()
        .table()
        .comparisonNanos();
  }

  @Test
  void aBoundlessPatternIsRefused() {
    String check = "HTTP_GET {\nurl {\npath /\nregex %s\n}\n}";

    assertEquals(0, one("", check.formatted("(".repeat(20_000))).servers().get(0).checks().size());
    assertEquals(
        1,
        one("", check.formatted("(".repeat(150) + ")".repeat(150)))
            .servers()
            .get(0)
            .checks()
            .size());
  }
}
