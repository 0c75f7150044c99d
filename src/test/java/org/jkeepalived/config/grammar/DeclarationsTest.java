package org.jkeepalived.config.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jkeepalived.config.LoadedConfiguration;
import org.jkeepalived.config.Reading;
import org.jkeepalived.config.grammar.DeclaredKeywords.Declared;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.Dumps;
import org.jkeepalived.model.GlobalDefaults;
import org.jkeepalived.model.Reporting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the declarations say of themselves is what the parser does: the ends of their ranges, their
 * choices, their defaults. Each keyword is put, with one value or another, into a configuration
 * that is whole without it.
 */
final class DeclarationsTest {

  /** A keyword, and what is to be read with it. */
  record Case(Declared declared) {
    String name() {
      return declared.keyword().name();
    }

    Keyword.Facts facts() {
      return declared.keyword().facts();
    }

    Values values() {
      return declared.keyword().values();
    }

    @Override
    public String toString() {
      return declared.block() + "/" + name();
    }
  }

  private static final String INSTANCE =
      """
      vrrp_instance A {
        interface e0
        virtual_router_id 7
        virtual_ipaddress {
          10.0.0.1
        }
        track_script {
          S
        }
        track_file {
          F
        }
        track_process {
          P
        }
        %s
      }
      """;

  private static final String SERVICE =
      "virtual_server 10.0.0.100 80 {\n%s\nreal_server 10.0.0.3 80 {\nweight 10\n}\n"
          + "real_server 10.0.0.2 80 {\n%s\n}\n}\n"
          + INSTANCE.formatted("");

  /** A virtual server with a check around the line. */
  private static String checked(String check) {
    return SERVICE.formatted("", check);
  }

  /** A whole configuration for each block, with a place for a line in it. */
  private static final Map<String, String> CONTEXTS =
      Map.ofEntries(
          Map.entry(Catalogue.TOP, "%s\n" + INSTANCE.formatted("")),
          Map.entry(
              "global_defs",
              """
              global_defs {
                notification_email {
                  a@example.com
                }
                smtp_server 192.0.2.1
                %s
              }
              """
                  + "static_ipaddress {\n10.9.9.9/24\n}\n"
                  + INSTANCE.formatted("garp_master_delay 3\ngarp_master_repeat 3")),
          Map.entry("vrrp_instance", INSTANCE),
          Map.entry(
              "vrrp_instance/authentication",
              INSTANCE.formatted("authentication {\nauth_pass x\n%s\n}")),
          Map.entry(
              "vrrp_sync_group",
              "vrrp_sync_group G {\ngroup {\nA\n}\n%s\n}\n"
                  + INSTANCE.formatted("smtp_alert off\nnotify_priority_changes off")),
          Map.entry(
              "vrrp_script", "vrrp_script S {\nscript /bin/x\n%s\n}\n" + INSTANCE.formatted("")),
          Map.entry("track_file", "track_file F {\nfile /x\n%s\n}\n" + INSTANCE.formatted("")),
          Map.entry(
              "vrrp_track_file", "vrrp_track_file F {\nfile /x\n%s\n}\n" + INSTANCE.formatted("")),
          Map.entry(
              "vrrp_track_process",
              "vrrp_track_process P {\nprocess x\n%s\n}\n" + INSTANCE.formatted("")),
          Map.entry("track_group", "track_group G {\n%s\n}\n" + INSTANCE.formatted("")),
          Map.entry("garp_group", "garp_group {\ninterface e0\n%s\n}\n" + INSTANCE.formatted("")),
          Map.entry("SSL", "SSL {\n%s\n}\n" + INSTANCE.formatted("")),
          Map.entry("virtual_server", SERVICE.formatted("%s", "")),
          Map.entry("virtual_server/real_server", checked("%s\nTCP_CHECK {\n}")),
          Map.entry("virtual_server/real_server/TCP_CHECK", checked("TCP_CHECK {\n%s\n}")),
          Map.entry(
              "virtual_server/real_server/MISC_CHECK",
              checked("MISC_CHECK {\nmisc_path /bin/x\n%s\n}")),
          Map.entry("virtual_server/real_server/UDP_CHECK", checked("UDP_CHECK {\n%s\n}")),
          Map.entry("virtual_server/real_server/PING_CHECK", checked("PING_CHECK {\n%s\n}")),
          Map.entry(
              "virtual_server/real_server/FILE_CHECK",
              "track_file F {\nfile /x\n}\ntrack_file sample {\nfile /y\n}\n"
                  + checked("FILE_CHECK {\ntrack_file F\n%s\n}")),
          Map.entry("virtual_server/real_server/SMTP_CHECK", checked("SMTP_CHECK {\n%s\n}")),
          Map.entry(
              "virtual_server/real_server/SMTP_CHECK/host",
              checked("SMTP_CHECK {\nlog_all_failures no\nhost {\n%s\n}\n}")),
          Map.entry("virtual_server/real_server/DNS_CHECK", checked("DNS_CHECK {\n%s\n}")),
          Map.entry(
              "virtual_server/real_server/HTTP_GET",
              checked("HTTP_GET {\nurl {\npath /\n}\n%s\n}")),
          Map.entry(
              "virtual_server/real_server/HTTP_GET/url",
              checked("HTTP_GET {\nurl {\npath /\n%s\n}\n}")),
          Map.entry(
              "virtual_server/real_server/SSL_GET", checked("SSL_GET {\nurl {\npath /\n}\n%s\n}")),
          Map.entry(
              "virtual_server/real_server/SSL_GET/url",
              checked("SSL_GET {\nurl {\npath /\n%s\n}\n}")),
          Map.entry(
              "jkeepalived",
              """
              global_defs {
                notification_email {
                  a@example.com
                }
                smtp_server 192.0.2.1
              }
              jkeepalived {
                %s
              }
              """
                  + INSTANCE.formatted("")));

  /** A service and a check that say nothing themselves, outside the block. */
  private static final String BALANCED =
      "}\nvirtual_server 10.0.0.100 80 {\nreal_server 10.0.0.2 80 {\nTCP_CHECK {\n}\n}\n}\n"
          + "global_defs {";

  /** An instance whose addresses are not to answer, outside the block. */
  private static final String UNANSWERED =
      "}\nvrrp_instance N {\ninterface e0\nvirtual_router_id 19\nno_accept\n"
          + "virtual_ipaddress {\n10.0.0.19\n}\n}\nglobal_defs {";

  /** What must be there, too, for a keyword to have an effect, or for no other to have one. */
  private static final Map<String, String> BESIDES =
      Map.ofEntries(
          Map.entry("timer_expired_backup", "nopreempt"),
          Map.entry("thread_timer_expired", "nopreempt"),
          Map.entry("garp_master_delay", "garp_lower_prio_delay 3"),
          Map.entry("garp_master_repeat", "garp_lower_prio_repeat 3"),
          Map.entry("smtp_security", "smtp_user x"),
          Map.entry("vmac_xmit_base", "use_vmac"),
          Map.entry(
              "vmac_prefix",
              "}\nvrrp_instance SEVEN {\ninterface e0\nvirtual_router_id 9\nuse_vmac\n"
                  + "virtual_ipaddress {\n10.0.0.9\n}\n}\nglobal_defs {"),
          Map.entry(
              "vmac_addr_prefix",
              "}\nvrrp_instance EIGHT {\ninterface e0\nvirtual_router_id 9\n"
                  + "virtual_ipaddress {\n10.0.0.9 dev e1 use_vmac\n}\n}\nglobal_defs {"),
          Map.entry("smtp_user", "smtp_security tls"),
          Map.entry("smtp_password_file", "smtp_security tls"),
          Map.entry("smtp_login_unprotected", "smtp_user x\nsmtp_password_file /y"),
          // a default of IPv6 is nothing to an instance of IPv4
          Map.entry(
              "vrrp_mcast_group6",
              "}\nvrrp_instance SIX {\ninterface e0\nvirtual_router_id 9\n"
                  + "virtual_ipaddress {\nfe80::9\n}\n}\nglobal_defs {"),
          Map.entry("unicast_ttl", "unicast_peer {\n10.0.0.9\n}"),
          Map.entry("unicast_src_ip", "unicast_peer {\n10.0.0.9\n}"),
          Map.entry("check_unicast_src", "unicast_peer {\n10.0.0.9\n}"),
          Map.entry("sorry_server_inhibit", "sorry_server 10.0.0.9 80"),
          Map.entry("sorry_server_lvs_method", "sorry_server 10.0.0.9 80"),
          Map.entry("hysteresis", "quorum 5"),
          Map.entry("preempt", "nopreempt"),
          Map.entry("nftables", UNANSWERED),
          Map.entry("nftables_priority", UNANSWERED),
          Map.entry("vrrp_ipsets", UNANSWERED + "\nvrrp_iptables INPUT"),
          Map.entry("accept", "version 3\nstrict_mode on"),
          Map.entry("track_src_ip", "mcast_src_ip 10.0.0.5"),
          Map.entry("vrrp_rx_bufs_multiplier", "vrrp_rx_bufs_policy MTU"),
          Map.entry("checker_log_all_failures", BALANCED),
          Map.entry("rs_init_notifies", BALANCED),
          Map.entry("nftables_ipvs_priority", "nftables_ipvs"),
          Map.entry("nftables_ipvs_start_fwmark", "nftables_ipvs"),
          Map.entry("smtp_alert_checker", "smtp_alert_vrrp off\n" + BALANCED),
          Map.entry("no_checker_emails", BALANCED),
          Map.entry("slow_start", BALANCED.replace("global_defs", "jkeepalived")),
          Map.entry("persistence_granularity", "persistence_timeout 5"),
          Map.entry("persistence_engine", "persistence_timeout 5"),
          Map.entry("regex_min_offset", "regex x"),
          Map.entry("regex_max_offset", "regex x"),
          Map.entry("min_reply_length", "require_reply\nmax_reply_length 65535"),
          Map.entry("max_reply_length", "require_reply"));

  /** A value where no declaration tells one. */
  private static final Map<String, String> SAMPLES =
      Map.of(
          "ADDRESS",
          "224.0.0.99",
          "USER [GROUP]",
          "nobody",
          "LINK",
          "e9",
          "HEX",
          "0102",
          ForwardingLine.SYNTAX,
          "DR",
          "MTU, ADVERT or BYTES",
          "4711",
          "STATUS[-STATUS] [...]",
          "404",
          "SECONDS [VIRTUAL_SERVER]",
          "30",
          "MASK",
          "IRUSR|IWGRP");

  /** What the defaults that are told in words come to, in the configurations above. */
  private static final Map<String, List<String>> IN_WORDS =
      Map.ofEntries(
          Map.entry("global_defs/router_id", List.of("host")),
          Map.entry("global_defs/smtp_helo_name", List.of("host")),
          Map.entry("global_defs/notification_email_from", List.of("root@host")),
          Map.entry("vrrp_script/timeout", List.of("1")),
          Map.entry("vrrp_instance/mcast_dst_ip", List.of("224.0.0.18")),
          Map.entry("virtual_server/smtp_alert", List.of("no")),
          Map.entry("virtual_server/sorry_server_lvs_method", List.of("NAT")),
          Map.entry("virtual_server/real_server/weight", List.of("1")),
          Map.entry("virtual_server/real_server/lvs_method", List.of("NAT")),
          Map.entry("virtual_server/real_server/inhibit_on_failure", List.of("no")),
          Map.entry("virtual_server/real_server/alpha", List.of("no")),
          Map.entry("virtual_server/real_server/smtp_alert", List.of("yes")),
          Map.entry("virtual_server/real_server/TCP_CHECK/alpha", List.of("no")),
          Map.entry("virtual_server/real_server/TCP_CHECK/connect_ip", List.of("10.0.0.2")),
          Map.entry("virtual_server/real_server/TCP_CHECK/connect_port", List.of("80")),
          Map.entry("virtual_server/real_server/SMTP_CHECK/alpha", List.of("no")),
          Map.entry("virtual_server/real_server/SMTP_CHECK/connect_ip", List.of("10.0.0.2")),
          Map.entry("virtual_server/real_server/SMTP_CHECK/connect_port", List.of("80")),
          Map.entry("virtual_server/real_server/SMTP_CHECK/host/alpha", List.of("no")),
          Map.entry("virtual_server/real_server/SMTP_CHECK/host/connect_ip", List.of("10.0.0.2")),
          Map.entry("virtual_server/real_server/SMTP_CHECK/host/connect_port", List.of("80")),
          Map.entry("virtual_server/real_server/DNS_CHECK/alpha", List.of("no")),
          Map.entry("virtual_server/real_server/DNS_CHECK/connect_ip", List.of("10.0.0.2")),
          Map.entry("virtual_server/real_server/DNS_CHECK/connect_port", List.of("80")),
          Map.entry("virtual_server/real_server/DNS_CHECK/name", List.of("\"\"")),
          Map.entry("virtual_server/real_server/HTTP_GET/alpha", List.of("no")),
          Map.entry("virtual_server/real_server/HTTP_GET/connect_ip", List.of("10.0.0.2")),
          Map.entry("virtual_server/real_server/HTTP_GET/connect_port", List.of("80")),
          Map.entry("virtual_server/real_server/SSL_GET/alpha", List.of("no")),
          Map.entry("virtual_server/real_server/SSL_GET/connect_ip", List.of("10.0.0.2")),
          Map.entry("virtual_server/real_server/SSL_GET/connect_port", List.of("80")),
          Map.entry("virtual_server/real_server/MISC_CHECK/alpha", List.of("no")),
          Map.entry("virtual_server/real_server/UDP_CHECK/alpha", List.of("no")),
          Map.entry("virtual_server/real_server/UDP_CHECK/connect_ip", List.of("10.0.0.2")),
          Map.entry("virtual_server/real_server/UDP_CHECK/connect_port", List.of("80")),
          Map.entry("virtual_server/real_server/PING_CHECK/alpha", List.of("no")),
          Map.entry("virtual_server/real_server/PING_CHECK/connect_ip", List.of("10.0.0.2")),
          Map.entry("virtual_server/real_server/PING_CHECK/connect_port", List.of("80")),
          Map.entry("virtual_server/real_server/FILE_CHECK/weight", List.of("1")),
          // nobody can write these
          Map.entry("jkeepalived/control_group", List.of()),
          Map.entry("jkeepalived/allow_from", List.of()),
          Map.entry("vrrp_instance/old_unicast_checksum", List.of()),
          Map.entry("(top)/net_namespace_ipvs", List.of()),
          Map.entry("global_defs/nftables_ipvs", List.of()),
          Map.entry("global_defs/checker_process_name", List.of()),
          Map.entry("global_defs/lvs_process_name", List.of()),
          Map.entry("global_defs/checker_rt_priority", List.of()),
          Map.entry("global_defs/checker_cpu_affinity", List.of()),
          Map.entry("global_defs/vrrp_process_name", List.of()),
          Map.entry("global_defs/vrrp_rt_priority", List.of()),
          Map.entry("global_defs/vrrp_cpu_affinity", List.of()),
          Map.entry("global_defs/process_name", List.of()),
          Map.entry("global_defs/reload_file", List.of()),
          Map.entry("global_defs/config_save_dir", List.of()),
          Map.entry("jkeepalived/watchdog_device", List.of()),
          Map.entry("global_defs/state_dump_file", List.of()),
          Map.entry("global_defs/stats_dump_file", List.of()),
          Map.entry("global_defs/json_dump_file", List.of()),
          Map.entry("jkeepalived/http_address", List.of()),
          Map.entry("global_defs/lvs_netlink_cmd_rcv_bufs", List.of()),
          Map.entry("global_defs/lvs_netlink_monitor_rcv_bufs", List.of()),
          Map.entry("global_defs/lvs_timeouts", List.of()),
          Map.entry("virtual_server/ip_family", List.of()),
          Map.entry("virtual_server/virtualhost", List.of()),
          Map.entry("virtual_server/persistence_timeout", List.of()),
          Map.entry("virtual_server/persistence_granularity", List.of()),
          Map.entry("virtual_server/persistence_engine", List.of()),
          Map.entry("virtual_server/real_server/virtualhost", List.of()),
          Map.entry("virtual_server/real_server/TCP_CHECK/bindto", List.of()),
          Map.entry("virtual_server/real_server/TCP_CHECK/bind_port", List.of()),
          Map.entry("virtual_server/real_server/TCP_CHECK/bind_if", List.of()),
          Map.entry("virtual_server/real_server/UDP_CHECK/bindto", List.of()),
          Map.entry("virtual_server/real_server/UDP_CHECK/bind_port", List.of()),
          Map.entry("virtual_server/real_server/UDP_CHECK/bind_if", List.of()),
          Map.entry("virtual_server/real_server/UDP_CHECK/payload", List.of()),
          Map.entry("virtual_server/real_server/PING_CHECK/bindto", List.of()),
          Map.entry("virtual_server/real_server/PING_CHECK/bind_port", List.of()),
          Map.entry("virtual_server/real_server/PING_CHECK/bind_if", List.of()),
          Map.entry("virtual_server/real_server/SMTP_CHECK/bindto", List.of()),
          Map.entry("virtual_server/real_server/SMTP_CHECK/bind_port", List.of()),
          Map.entry("virtual_server/real_server/SMTP_CHECK/bind_if", List.of()),
          Map.entry("virtual_server/real_server/SMTP_CHECK/host/bindto", List.of()),
          Map.entry("virtual_server/real_server/SMTP_CHECK/host/bind_port", List.of()),
          Map.entry("virtual_server/real_server/SMTP_CHECK/host/bind_if", List.of()),
          Map.entry("virtual_server/real_server/DNS_CHECK/bindto", List.of()),
          Map.entry("virtual_server/real_server/DNS_CHECK/bind_port", List.of()),
          Map.entry("virtual_server/real_server/DNS_CHECK/bind_if", List.of()),
          Map.entry("virtual_server/real_server/HTTP_GET/bindto", List.of()),
          Map.entry("virtual_server/real_server/HTTP_GET/bind_port", List.of()),
          Map.entry("virtual_server/real_server/HTTP_GET/bind_if", List.of()),
          Map.entry("virtual_server/real_server/HTTP_GET/virtualhost", List.of()),
          Map.entry("virtual_server/real_server/HTTP_GET/url/virtualhost", List.of()),
          Map.entry("virtual_server/real_server/HTTP_GET/url/regex_max_offset", List.of()),
          Map.entry("virtual_server/real_server/SSL_GET/bindto", List.of()),
          Map.entry("virtual_server/real_server/SSL_GET/bind_port", List.of()),
          Map.entry("virtual_server/real_server/SSL_GET/bind_if", List.of()),
          Map.entry("virtual_server/real_server/SSL_GET/virtualhost", List.of()),
          Map.entry("virtual_server/real_server/SSL_GET/url/virtualhost", List.of()),
          Map.entry("virtual_server/real_server/SSL_GET/url/regex_max_offset", List.of()),
          Map.entry("global_defs/script_user", List.of()),
          Map.entry("global_defs/vrrp_strict", List.of()),
          Map.entry("global_defs/vrrp_check_unicast_src", List.of()),
          Map.entry("global_defs/vrrp_skip_check_adv_addr", List.of()),
          Map.entry("global_defs/vrrp_garp_interval", List.of()),
          Map.entry("global_defs/vrrp_gna_interval", List.of()),
          Map.entry("global_defs/vrrp_startup_delay", List.of()),
          Map.entry("global_defs/vrrp_delay_after_boot", List.of()),
          Map.entry("global_defs/process_monitor_rcv_bufs", List.of()),
          Map.entry("global_defs/vrrp_netlink_cmd_rcv_bufs", List.of()),
          Map.entry("global_defs/vrrp_netlink_monitor_rcv_bufs", List.of()),
          Map.entry("global_defs/vrrp_rx_bufs_policy", List.of()),
          Map.entry("vrrp_instance/kernel_rx_buf_size", List.of()),
          Map.entry("vrrp_instance/mcast_src_ip", List.of()),
          Map.entry("vrrp_instance/unicast_src_ip", List.of()),
          Map.entry("vrrp_instance/authentication/auth_type", List.of()));

  /** Their effect is on how the text is read, and not in the configuration. */
  private static final Set<String> NOT_IN_THE_MODEL =
      Set.of("random_seed", "include_check", "dynamic_interfaces");

  /** An instance with {@code auth_hmac} is not there to be looked at: see HmacKeywordsTest. */
  static List<Case> all() {
    return DeclaredKeywords.all().stream()
        .filter(one -> !one.block().endsWith("/auth_hmac"))
        .map(Case::new)
        .toList();
  }

  static Stream<Case> ranges() {
    return all().stream().filter(one -> one.values().range().isPresent());
  }

  static Stream<Case> choices() {
    return all().stream().filter(one -> !one.values().words().isEmpty());
  }

  static Stream<Case> standing() {
    return all().stream().filter(one -> one.facts().alone().isPresent());
  }

  static Stream<Case> strict() {
    return all().stream().filter(one -> one.facts().strict().isPresent());
  }

  static Stream<Case> defaults(Standard.Kind kind) {
    return all().stream().filter(one -> one.facts().standard().kind() == kind);
  }

  static Stream<Case> writtenDefaults() {
    return defaults(Standard.Kind.WRITTEN);
  }

  static Stream<Case> globalDefaults() {
    return defaults(Standard.Kind.OF_GLOBAL);
  }

  static Stream<Case> wordyDefaults() {
    return defaults(Standard.Kind.IN_WORDS);
  }

  private static LoadedConfiguration read(String block, String lines) {
    return Reading.of("k", CONTEXTS.get(block).replace("%s", lines));
  }

  private static LoadedConfiguration read(Case one, String value) {
    return read(one, BESIDES.getOrDefault(one.name(), "") + "\n", value);
  }

  private static LoadedConfiguration read(Case one, String besides, String value) {
    String line = value.isEmpty() ? one.name() : one.name() + " " + value;
    return read(one.declared().block(), besides + line);
  }

  private static Configuration without(Case one) {
    return read(one.declared().block(), BESIDES.getOrDefault(one.name(), "")).configuration();
  }

  private static List<String> refusals(LoadedConfiguration loaded) {
    return loaded.diagnostics().stream()
        .filter(one -> one.code().startsWith("bad-"))
        .map(Diagnostic::message)
        .toList();
  }

  @Test
  void everyBlockHasAContextThatIsWholeWithoutTheKeyword() {
    for (Case one : all()) {
      String block = one.declared().block();
      assertTrue(CONTEXTS.containsKey(block), block);
      assertEquals(List.of(), refusals(read(block, "")));
      assertEquals(1, read(block, "").configuration().instances().size(), block);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void tellsWhatItIsFor(Case one) {
    String sentence = one.facts().documentation();

    assertFalse(sentence.isBlank());
    assertFalse(sentence.endsWith("."));
  }

  @ParameterizedTest
  @MethodSource("all")
  void isOneOfKeepalivedsOrOurs(Case one) {
    boolean ours = one.declared().block().equals("jkeepalived") || one.name().equals("jkeepalived");

    assertTrue(ours || Catalogue.find(one.declared().block(), one.name()).isPresent());
    one.facts()
        .replacedBy()
        .ifPresent(
            other -> assertTrue(all().stream().anyMatch(known -> known.name().equals(other))));
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void acceptsTheEndsOfItsRangeAndNothingBeyond(Case one) {
    Values.Range range = one.values().range().orElseThrow();
    BigDecimal step = BigDecimal.ONE.movePointLeft(range.decimals());

    for (BigDecimal end : List.of(range.min(), range.max())) {
      assertEquals(List.of(), refusals(read(one, end.toPlainString())));
    }
    for (BigDecimal beyond : List.of(range.min().subtract(step), range.max().add(step))) {
      assertNotEquals(List.of(), refusals(read(one, beyond.toPlainString())), beyond.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("choices")
  void acceptsItsWordsAndNoOther(Case one) {
    for (String word : one.values().words()) {
      assertEquals(List.of(), refusals(read(one, word)), word);
    }
    assertNotEquals(List.of(), refusals(read(one, "nonsense")));
  }

  @ParameterizedTest
  @MethodSource("standing")
  void aloneItSaysWhatItSaysItDoes(Case one) {
    LoadedConfiguration alone = read(one, "");

    assertEquals(List.of(), refusals(alone));
    String value = one.facts().alone().orElseThrow();
    assertSame(read(one, value).configuration(), alone.configuration(), value);
    assertTrue(changesSomething(one));
  }

  @ParameterizedTest
  @MethodSource("writtenDefaults")
  void itsDefaultIsWhatHoldsWithoutIt(Case one) {
    String standard = one.facts().standard().text();

    assertSame(read(one, standard).configuration(), without(one), standard);
    assertTrue(changesSomething(one));
  }

  @ParameterizedTest
  @MethodSource("globalDefaults")
  void itsDefaultIsWhatTheGlobalKeywordSays(Case one) {
    Case global = global(one.facts().standard().text());
    boolean flag = global.declared().keyword().arity() == Keyword.Arity.FLAG;
    int tried = 0;
    for (String value : flag ? List.of("on") : values(one)) {
      if (one.facts().inert() || !refusals(read(global, value)).isEmpty()) {
        continue;
      }
      String block = one.declared().block();
      String besides = BESIDES.getOrDefault(one.name(), "");
      String globals = "global_defs {\n%s\n}\n";
      String said = globals.formatted(global.name() + " " + value);
      Configuration byGlobal =
          Reading.of("k", said + CONTEXTS.get(block).replace("%s", besides)).configuration();
      String both = besides + "\n" + one.name() + " " + value;
      Configuration byItself =
          Reading.of("k", globals.formatted("") + CONTEXTS.get(block).replace("%s", both))
              .configuration();
      assertSame(byItself, byGlobal, value);
      tried++;
    }
    assertEquals(one.facts().inert(), tried == 0);
    assertTrue(changesSomething(one));
  }

  @ParameterizedTest
  @MethodSource("wordyDefaults")
  void itsDefaultInWordsIsKnownHere(Case one) {
    assertTrue(IN_WORDS.containsKey(one.toString()), one.toString());
    for (String value : IN_WORDS.get(one.toString())) {
      assertSame(read(one, value).configuration(), without(one), value);
      assertTrue(changesSomething(one));
    }
  }

  @ParameterizedTest
  @MethodSource("strict")
  void strictModeMakesOfItWhatItSays(Case one) {
    String always = one.facts().strict().orElseThrow();
    Configuration expected = read(one, "strict_mode on\n", always).configuration();
    for (String value : values(one)) {
      assertSame(expected, read(one, "strict_mode on\n", value).configuration(), value);
    }
    assertTrue(changesSomething(one));
  }

  // ---- nothing is accepted in silence ----

  /**
   * What is written where {@link #values} would not do: what opens a block, or reads many words.
   */
  private static final Map<String, List<String>> EXAMPLES =
      Map.ofEntries(
          Map.entry("(top)/vrrp_instance", List.of("B {\ninterface e1\nvirtual_router_id 9\n}")),
          Map.entry("(top)/global_defs", List.of("{\nrouter_id other\n}")),
          Map.entry("(top)/garp_group", List.of("{\ninterface e0\ngarp_interval 2\n}")),
          Map.entry("(top)/vrrp_script", List.of("S {\nscript /bin/x\n}")),
          Map.entry("(top)/track_file", List.of("F {\nfile /x\n}")),
          Map.entry("(top)/vrrp_track_file", List.of("F {\nfile /x\n}")),
          Map.entry("(top)/vrrp_track_process", List.of("P {\nprocess x\n}")),
          Map.entry("(top)/vrrp_sync_group", List.of("G {\ngroup {\nA\n}\n}")),
          Map.entry("(top)/linkbeat_interfaces", List.of("{\ne0\n}")),
          Map.entry("(top)/interface_up_down_delays", List.of("{\ne0 3\n}")),
          Map.entry("(top)/static_ipaddress", List.of("{\n10.8.8.8/24 dev e0\n}")),
          Map.entry("(top)/static_routes", List.of("{\n10.9.0.0/16 dev e0\n}")),
          Map.entry("(top)/static_rules", List.of("{\nfrom 10.9.0.0/16 table 9\n}")),
          Map.entry("(top)/jkeepalived", List.of("{\nallow_from {\n10.0.0.9\n}\n}")),
          Map.entry("global_defs/notification_email", List.of("{\nb@example.com\n}")),
          Map.entry("global_defs/notify_fifo_script", List.of("/x\nnotify_fifo /f")),
          Map.entry("global_defs/vrrp_notify_fifo_script", List.of("/x\nvrrp_notify_fifo /f")),
          Map.entry("global_defs/lvs_notify_fifo_script", List.of("/x\nlvs_notify_fifo /f")),
          Map.entry("global_defs/checker_cpu_affinity", List.of("0")),
          Map.entry("global_defs/vrrp_cpu_affinity", List.of("0")),
          Map.entry("global_defs/lvs_timeouts", List.of("tcp 5")),
          Map.entry("vrrp_sync_group/track_interface", List.of("{\ne7\n}")),
          Map.entry("vrrp_instance/virtual_ipaddress", List.of("{\n10.0.0.77\n}")),
          Map.entry("vrrp_instance/virtual_ipaddress_excluded", List.of("{\n10.0.0.77\n}")),
          Map.entry("vrrp_instance/unicast_peer", List.of("{\n10.0.0.9\n}")),
          Map.entry("vrrp_instance/authentication", List.of("{\nauth_type PASS\nauth_pass x\n}")),
          Map.entry("vrrp_instance/track_interface", List.of("{\ne7\n}")),
          Map.entry("vrrp_instance/virtual_routes", List.of("{\n10.9.0.0/16 dev e0\n}")),
          Map.entry("vrrp_instance/virtual_rules", List.of("{\nfrom 10.9.0.0/16 table 9\n}")),
          Map.entry("vrrp_instance/auth_hmac", List.of("{\n}")));

  /**
   * Those whose effect is not in the configuration, or not to be had beside what stands in the
   * contexts; the class that shows it.
   */
  private static final Map<String, String> SHOWN_ELSEWHERE =
      Map.ofEntries(
          Map.entry("global_defs/iproute_usr_dir", "IprouteNamesTest"),
          Map.entry("global_defs/iproute_etc_dir", "IprouteNamesTest"),
          Map.entry("global_defs/random_seed", "GeneratedInstancesTest"),
          Map.entry("global_defs/include_check", "LanguageCasesTest"),
          Map.entry("garp_group/interface", "AnnouncementLabTest"),
          Map.entry("garp_group/interfaces", "AnnouncementLabTest"),
          Map.entry("vrrp_sync_group/group", "SyncGroupLabTest"),
          Map.entry("vrrp_sync_group/global_tracking", "CorpusTest"),
          Map.entry("vrrp_sync_group/sync_group_tracking_weight", "CorpusTest"),
          Map.entry("vrrp_instance/no_virtual_ipaddress", "CorpusTest"),
          Map.entry("vrrp_instance/native_ipv6", "CorpusTest"),
          Map.entry("(top)/track_group", "RoutingLabTest"),
          Map.entry("vrrp_sync_group/track_script", "TrackingInDumpTest"),
          Map.entry("vrrp_sync_group/track_file", "TrackingInDumpTest"),
          Map.entry("vrrp_sync_group/track_process", "TrackingInDumpTest"),
          Map.entry("vrrp_instance/track_script", "TrackingInDumpTest"),
          Map.entry("vrrp_instance/track_file", "TrackingInDumpTest"),
          Map.entry("vrrp_instance/track_process", "TrackingInDumpTest"),
          Map.entry("track_group/group", "RoutingLabTest"));

  /** What virtual servers, BFD and the firewall rules of no_accept need is not for here. */
  private static final Set<String> OTHERS =
      Set.of(
          "virtual_server_group",
          "virtual_server",
          "SSL",
          "bfd_process_name",
          "vrrp_ipsets",
          "nftables",
          "nftables_counters",
          "nftables_ifindex",
          "nftables_priority");

  static Stream<Case> ofVirtualRouters() {
    return all().stream()
        .filter(one -> !SHOWN_ELSEWHERE.containsKey(one.toString()))
        .filter(one -> !OTHERS.contains(one.name()))
        .filter(
            one ->
                one.declared()
                    .block()
                    .matches(
                        "vrrp_instance(/.*)?|vrrp_sync_group|garp_group|track_group"
                            + "|global_defs|\\(top\\)"));
  }

  /**
   * Each keyword of virtual routers, and of all that is global, changes the configuration for some
   * value, or it is said that it does not. What is not declared at all is said to be unsupported.
   */
  @ParameterizedTest
  @MethodSource("ofVirtualRouters")
  void isNotAcceptedInSilence(Case one) {
    LoadedConfiguration without =
        read(one.declared().block(), BESIDES.getOrDefault(one.name(), ""));
    List<String> examples = new ArrayList<>(EXAMPLES.getOrDefault(one.toString(), List.of()));
    if (examples.isEmpty()) {
      examples.add("");
      examples.addAll(values(one));
    }
    assertTrue(
        examples.stream()
            .map(value -> read(one, value))
            .anyMatch(
                with ->
                    !with.configuration().equals(without.configuration())
                        || isSaid(with, one.name())),
        one.toString());
  }

  /** Whether somebody who writes the keyword hears that it is for nothing. */
  private static boolean isSaid(LoadedConfiguration loaded, String name) {
    return loaded.diagnostics().stream()
        .filter(one -> !one.code().startsWith("bad-"))
        .filter(one -> one.message().contains(name))
        .anyMatch(
            one ->
                one.message().contains("no effect")
                    || one.message().contains("not needed")
                    || one.message().contains("not started")
                    || one.message().contains("no firewall rules"));
  }

  private static Case global(String name) {
    return all().stream()
        .filter(one -> one.declared().block().equals("global_defs") && one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Some that it accepts. */
  private static List<String> values(Case one) {
    List<String> values = new ArrayList<>(one.values().words());
    one.values()
        .range()
        .ifPresent(
            range -> {
              values.add(range.min().toPlainString());
              values.add(range.max().toPlainString());
            });
    if (SAMPLES.containsKey(one.values().syntax())) {
      values.add(SAMPLES.get(one.values().syntax()));
    }
    if (one.name().endsWith("_group6")) {
      values.add("ff02::9");
    }
    if (values.isEmpty()) {
      values.add("sample");
    }
    return values;
  }

  /** Whether there are two values that make a difference, or none, as it says itself. */
  private static boolean changesSomething(Case one) {
    Set<Configuration> different = new HashSet<>();
    different.add(carriedOut(without(one)));
    values(one).forEach(value -> different.add(carriedOut(read(one, value).configuration())));
    boolean none = one.facts().inert() || NOT_IN_THE_MODEL.contains(one.name());
    return none == (different.size() == 1);
  }

  /** Without what only dumps tell: what {@code global_defs} says stands in each instance, too. */
  private static Configuration carriedOut(Configuration whole) {
    Reporting told = whole.reporting();
    Dumps dumps = told.dumps();
    return new Configuration(
        whole.globals(),
        whole.instances(),
        whole.groups(),
        whole.trackers(),
        whole.links(),
        new Reporting(
            told.all(),
            told.vrrp(),
            told.lvs(),
            told.statesOnReload(),
            told.mail(),
            new Dumps(dumps.jsonVersion(), dumps.files(), GlobalDefaults.STANDARD)),
        whole.life(),
        whole.director(),
        whole.statics());
  }

  /** Shows where two configurations part, and not the whole of them. */
  private static void assertSame(Configuration expected, Configuration found, String what) {
    if (!carriedOut(expected).equals(carriedOut(found))) {
      String one = carriedOut(expected).toString();
      String other = carriedOut(found).toString();
      int at = Arrays.mismatch(one.toCharArray(), other.toCharArray());
      fail(what + ": expected " + around(one, at) + " but found " + around(other, at));
    }
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - 60), Math.min(text.length(), Math.max(at, 0) + 40));
  }
}
