package org.jkeepalived.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.script.CommandFacts;
import org.jkeepalived.time.LocalClock;
import org.junit.jupiter.api.Test;

/** What a snapshot of virtual servers shows of its own, beside keepalived's lines. */
final class LvsSnapshotTest {

  private static final ReportContext CONTEXT =
      new ReportContext(
          LocalClock.of(ZoneId.of("Europe/Paris")), Optional.empty(), CommandFacts.NONE);

  /** As {@code server} takes it. */
  @Test
  void aServiceIsFoundByWhatAnOperatorWrites() {
    for (String said : List.of("10.0.0.1:80", "10.0.0.1", "10.0.0.1:80/tcp", "[10.0.0.1]:tcp:80")) {
      assertEquals(List.of("[10.0.0.1]:tcp:80"), LvsSamples.eventful().meant(said), said);
    }
    assertEquals(List.of(), LvsSamples.eventful().meant("10.0.0.1:81"));
  }

  @Test
  void theDumpTellsHowItIsNow() {
    List<String> lines = new ArrayList<>();
    LvsSamples.eventful().data(CONTEXT, lines::add);
    assertEquals(
        """
        ------< Global definitions >------
         Network namespace = (default)
         Network namespace ipvs = (main namespace)
         Router ID = host
         Default smtp_alert = unset
         Default smtp_alert_vrrp = unset
         Default smtp_alert_checker = unset
         Checkers log all failures = false
         No test config before reload
         Dynamic interfaces = false
         Default interface = eth0
         LVS flush = false
         LVS flush on stop = disabled
         FIFO write vrrp states on reload = false
         VRRP notify priority changes = false
         VRRP IPv4 mcast group = 224.0.0.18
         VRRP IPv6 mcast group = ff02::12
         Gratuitous ARP delay = 5
         Gratuitous ARP repeat = 5
         Gratuitous ARP refresh timer = 0
         Gratuitous ARP refresh repeat = 1
         Gratuitous ARP lower priority delay = 5
         Gratuitous ARP lower priority repeat = 5
         Num adverts before down = 3
         Gratuitous ARP for each secondary VMAC = 0s
         Send advert after receive lower priority advert = true
         Send advert after receive higher priority advert = false
         Gratuitous ARP interval = 0.000000
         Gratuitous NA interval = 0.000000
         VRRP default protocol version = 2
         VRRP check unicast_src = false
         VRRP skip check advert addresses = false
         VRRP strict mode = false
         Max auto priority = 0
         Min auto priority delay = 1000000 usecs
         Checker process priority = 0
         Checker don't swap = false
         Checker realtime priority = 0
         Checker realtime limit = 10000
         Script security disabled
         Default script uid:gid root:
         vrrp_netlink_cmd_rcv_bufs = 0
         vrrp_netlink_cmd_rcv_bufs_force = 0
         vrrp_netlink_monitor_rcv_bufs = 0
         vrrp_netlink_monitor_rcv_bufs_force = 0
         process_monitor_rcv_bufs = 0
         process_monitor_rcv_bufs_force = 0
         lvs_netlink_cmd_rcv_bufs = 0
         lvs_netlink_cmd_rcv_bufs_force = 0
         lvs_netlink_monitor_rcv_bufs = 0
         lvs_netlink_monitor_rcv_bufs_force = 0
         rs_init_notifies = 0
         no_checker_emails = 0
         umask = 0177
        ------< LVS Topology >------
         ------< Virtual server >------
         VS VIP = 10.0.0.1, VPORT = 80
           Address family = inet
           connection timeout = 5.000000
           delay_loop = 60.000000
           lvs_sched = wlc
           flag-1 = disabled
           flag-2 = disabled
           flag-3 = disabled
           One packet scheduling = disabled
           protocol = TCP
           alpha is OFF
           omega is OFF
           Inhibit on failure is OFF
           quorum = 4, hysteresis = 0
           Using HA suspend
           Using smtp notification = no
           default forwarding method = NAT
           sorry server = [10.0.0.9]:tcp:80
             forwarding method = NAT
             Inhibit on failure is OFF
           alive = 0
           quorum_state_up = 0
           Weight of living real servers = 3
           Sorry server serves = yes
           Last transition = 1795373902.500000 (Sun Nov 22 19:58:22.500000 2026)
           Refused by the kernel = no such scheduler (2)
           ------< Real server >------
           RIP = 10.0.0.11, RPORT = 80, WEIGHT = 3 EFF WEIGHT = 3
           forwarding method = NAT
           Alpha is OFF
           connection timeout = 5.000000
           connection limit range = 0 -> 0
           Delay loop = 60.000000
           Inhibit on failure is OFF
           Using smtp notification = yes
           initial weight = 3
           effective weight = 3
           alive = 1
           num failed checkers = 0
           RS set = 0
           ------< Real server >------
           RIP = 10.0.0.12, RPORT = 80, WEIGHT = 2 EFF WEIGHT = 7
           forwarding method = NAT
           Alpha is OFF
           connection timeout = 5.000000
           connection limit range = 0 -> 0
           Delay loop = 60.000000
           Inhibit on failure is OFF
           Using smtp notification = yes
           initial weight = 2
           effective weight = 7
           alive = 0
           num failed checkers = 1
           RS set = 0
           Last transition = 1795373902.000000 (Sun Nov 22 19:58:22.000000 2026)
        ------< Health checkers >------
         [10.0.0.1]:tcp:80 -> [10.0.0.11]:tcp:80
           Enabled = no
           Up = yes
           Has run = yes
           Current weight = 0
           Alpha = no
           Delay loop = 60000000 us
           Warmup = 60000000 us
           Retries = 1
           Default delay before retry = 1000000 us
           Log all failures = no
           Connection
             Dest = [10.0.0.11]:80
             Timeout = 5.000000
           Keepalive method = TCP_CHECK
           Last ran = 1795373902.500000 (Sun Nov 22 19:58:22 2026.500000)
           Last result = success
           Last duration = 0.00125
           Runs = 12
           Failures = 1
         [10.0.0.1]:tcp:80 -> [10.0.0.12]:tcp:80
           Enabled = no
           Up = no
           Has run = yes
           Current weight = 0
           Alpha = no
           Delay loop = 60000000 us
           Warmup = 60000000 us
           Retries = 1
           Default delay before retry = 3000000 us
           Log all failures = no
           Connection
             Dest = [10.0.0.12]:80
             Timeout = 5.000000
           Keepalive method = HTTP_GET, http protocol 1.0
           Enable SNI unset
           Fast recovery unset
           Checked url = /
             HTTP Status Code(s)
               200-299
           Last ran = 1795373902.000000 (Sun Nov 22 19:58:22 2026.000000)
           Last result = failure, HTTP status 503, wanted "200"
           Last duration = 0.02
           Runs = 4
           Failures = 2
         [10.0.0.1]:tcp:80 -> [10.0.0.12]:tcp:80
           Enabled = no
           Up = yes
           Has run = no
           Current weight = 5
           Alpha = no
           Delay loop = 60000000 us
           Warmup = 60000000 us
           Retries = 0
           Default delay before retry = 1000000 us
           Log all failures = no
           Keepalive method = MISC_CHECK
           script = '/usr/bin/true'
           timeout = 60
           dynamic = YES
           uid:gid = root:
           Runs = 0
           Failures = 0
        """,
        String.join("\n", lines) + "\n");
  }

  @Test
  void theConfigurationTellsOnlyWhatIsAskedFor() {
    List<String> lines = new ArrayList<>();
    LvsSamples.eventful().configuration(CONTEXT, lines::add);
    List<String> now = new ArrayList<>();
    LvsSamples.eventful().data(CONTEXT, now::add);
    String running =
        " *(alive|quorum_state_up|Weight of living real servers|Sorry server serves|effective"
            + " weight|Last [a-z]+|Refused by the kernel|num failed checkers|RS set|Enabled|Up|Has"
            + " run|Current weight|Runs|Failures) = .*";
    assertEquals(now.stream().filter(line -> !line.matches(running)).toList(), lines);
  }

  @Test
  void countsStandUnderTheirNames() {
    List<String> lines = new ArrayList<>();
    LvsSamples.eventful().statistics(lines::add);
    assertEquals(
        """
        Virtual server: [10.0.0.1]:tcp:80
          Quorum gained: 1
          Quorum lost: 2
          Real server: [10.0.0.11]:tcp:80
            Recoveries: 1
            Failures: 1
            TCP_CHECK:
              Runs: 12
              Failures: 1
          Real server: [10.0.0.12]:tcp:80
            Recoveries: 0
            Failures: 1
            HTTP_GET:
              Runs: 4
              Failures: 2
            MISC_CHECK:
              Runs: 0
              Failures: 0
        """,
        String.join("\n", lines) + "\n");
  }

  @Test
  void programsReadAnArrayOfServices() {
    StringBuilder text = new StringBuilder();
    LvsSamples.eventful().json(CONTEXT, text::append);
    assertEquals(
        """
        [\
        {"service":"[10.0.0.1]:tcp:80","quorum":{"up":false,"weight":3,"wanted":4,"hysteresis":0,"gained":1,"lost":2\
        ,"since":1795373902.500000}\
        ,"suspended":true,"sorry_server":{"server":"[10.0.0.9]:tcp:80","serves":true}\
        ,"refused":"no such scheduler (2)"\
        ,"real_servers":[\
        {"server":"[10.0.0.11]:tcp:80","alive":true,"set":false,"weight":3,"effective_weight":3\
        ,"table_weight":3,"drained":false\
        ,"recoveries":1,"failures":1\
        ,"checks":[\
        {"check":"TCP_CHECK","up":true,"runs":12,"failures":1,"added_weight":0\
        ,"last":{"succeeded":true\
        ,"ended":1795373902.500000,"took":0.00125}}]}\
        ,{"server":"[10.0.0.12]:tcp:80","alive":false,"set":false,"weight":2,"effective_weight":7\
        ,"table_weight":7,"drained":false\
        ,"recoveries":0,"failures":1\
        ,"since":1795373902.000000\
        ,"checks":[\
        {"check":"HTTP_GET","up":false,"runs":4,"failures":2,"added_weight":0\
        ,"last":{"succeeded":false,"reason":"HTTP status 503, wanted \\"200\\""\
        ,"ended":1795373902.000000,"took":0.02}}\
        ,{"check":"MISC_CHECK","up":true,"runs":0,"failures":0,"added_weight":5}]}]}]
        """,
        text.toString());
  }

  @Test
  void whoeverHasNoServiceShowsNone() {
    LvsSnapshot none = LvsSamples.of("", server -> true, true);
    StringBuilder text = new StringBuilder();
    none.json(CONTEXT, text::append);
    assertEquals("[]\n", text.toString());
    List<String> lines = new ArrayList<>();
    none.statistics(lines::add);
    assertEquals(List.of(), lines);
  }
}
