package org.jkeepalived.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.script.CommandFacts;
import org.jkeepalived.time.LocalClock;
import org.junit.jupiter.api.Test;

/** The dump's text; that it is keepalived's is tried in the lab. */
final class DataDumpTest {

  private static final ReportContext CONTEXT =
      new ReportContext(
          LocalClock.of(ZoneId.of("Europe/Paris")), Optional.of("blue"), CommandFacts.NONE);

  @Test
  void tellsHowItIsNow() {
    List<String> lines = new ArrayList<>();
    Samples.three().data(CONTEXT, lines::add);
    assertEquals(
        """
        ------< Global definitions >------
         Network namespace = blue
         Network namespace ipvs = (main namespace)
         Instance name = foo
         Router ID = node-a
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
         vrrp_startup_delay = 0.5
         log_unknown_vrids
        ------< VRRP Topology >------
         VRRP Instance = VI_1
           VRRP Version = 2
           State = MASTER
           Flags:
           Wantstate = MASTER
           Number of config faults = 0
           Number of interface and track script faults = 0
           Number of tracker faults = 0
           Number of track scripts init = 0
           Last transition = 1795373899.500000 (Sun Nov 22 19:58:19.500000 2026)
           Read timeout = 1795373904.500000 (Sun Nov 22 19:58:24.500000 2026)
           Interface = eth0
           Skip checking advert IP addresses
           Using src_ip = 192.168.32.129
           Multicast address 224.0.0.18
           Gratuitous ARP delay = 5
           Gratuitous ARP repeat = 5
           Gratuitous ARP refresh = 60
           Gratuitous ARP refresh repeat = 1
           Gratuitous ARP lower priority delay = 5
           Gratuitous ARP lower priority repeat = 3
           Down timer adverts = 3
           Send advert after receive lower priority advert = true
           Send advert after receive higher priority advert = true
           Virtual Router ID = 51
           Priority = 255
           Effective priority = 255
           Total priority = 255
           Advert interval = 2 sec
           Accept = enabled
           Preempt = enabled
           Promote_secondaries = disabled
           Authentication type = SIMPLE_PASSWORD
           Password = ********
           Virtual IP (2):
             192.168.32.200/16 dev eth0 scope global set
             192.168.32.201 dev eth0 scope global
           Virtual IP Excluded :
             192.168.78.1 dev eth0 scope global set
           fd_in 37, fd_out 37
           Using smtp notification = no
           Notify deleted = Fault
           Notify priority changes = false
         VRRP Instance = VI_2
           VRRP Version = 3
           State = BACKUP
           Master router = 192.168.32.130
           Master priority = 100
           Master advert int = 0.50 sec
           Flags:
           Wantstate = BACKUP
           Number of config faults = 0
           Number of interface and track script faults = 0
           Number of tracker faults = 0
           Number of track scripts init = 0
           Last transition = 1795373899.500000 (Sun Nov 22 19:58:19.500000 2026)
           Read timeout = 1795373904.500000 (Sun Nov 22 19:58:24.500000 2026)
           Master down timer = 1824218 usecs
           Interface = eth0
           Using src_ip = 192.168.32.131 (from configuration)
           Multicast address 224.0.0.18
           Gratuitous ARP delay = 5
           Gratuitous ARP repeat = 5
           Gratuitous ARP refresh = 60
           Gratuitous ARP refresh repeat = 1
           Gratuitous ARP lower priority delay = 5
           Gratuitous ARP lower priority repeat = 3
           Down timer adverts = 3
           Send advert after receive lower priority advert = false
           Send advert after receive higher priority advert = false
           Virtual Router ID = 52
           Priority = 90
           Effective priority = 90
           Total priority = 90
           Advert interval = 250 milli-sec
           Master advert interval = 500 milli-sec
           Accept = enabled
           Preempt = enabled
           Preempt delay = 2.5 secs
           Promote_secondaries = enabled
           Virtual IP (1):
             10.2.0.2 brd 10.2.0.255 dev eth1 scope link label eth1:x peer 10.2.0.3/32 noprefixroute no_track
           fd_in 37, fd_out 37
           Using smtp notification = no
           Notify deleted = Fault
           Notify priority changes = false
         VRRP Instance = VI_3
           VRRP Version = 3
           State = FAULT
           Flags:
           Wantstate = FAULT
           Number of config faults = 0
           Number of interface and track script faults = 2
           Number of tracker faults = 0
           Number of track scripts init = 0
           Last transition = 1795373899.500000 (Sun Nov 22 19:58:19.500000 2026)
           Read timeout = DISABLED
           Master down timer = 3609375 usecs
           Interface = nosuch0
           Enforcing strict VRRP compliance
           Using src_ip = (none)
           Multicast address 224.0.0.18
           Gratuitous ARP delay = 5
           Gratuitous ARP repeat = 5
           Gratuitous ARP refresh = 60
           Gratuitous ARP refresh repeat = 1
           Gratuitous ARP lower priority delay = 5
           Gratuitous ARP lower priority repeat = 3
           Down timer adverts = 3
           Send advert after receive lower priority advert = false
           Send advert after receive higher priority advert = false
           Virtual Router ID = 53
           Priority = 100
           Effective priority = 100
           Total priority = 100
           Advert interval = 1000 milli-sec
           Accept = disabled
           Preempt = disabled
           Promote_secondaries = disabled
           fd_in -1, fd_out -1
           Using smtp notification = no
           Notify deleted = Fault
           Notify priority changes = false
        ------< VRRP Sockpool >------
         fd_in 37 fd_out = 37
           Interface = eth0
           Family = IPv4
           Protocol = VRRP
           Type = Multicast
           VRRP instances
             VI_1 vrid 51
             VI_2 vrid 52
         fd_in -1 fd_out = -1
           Interface = nosuch0
           Family = IPv4
           Protocol = VRRP
           Type = Multicast
           VRRP instances
             VI_3 vrid 53
        ------< Interfaces >------
         Name = lo
           index = 1
           IPv4 address = 127.0.0.1
           State = UP, RUNNING, no broadcast, loopback, no multicast
           Up debounce timer = 0us
           Down debounce timer = 0us
           MTU = 65536
           HW Type = LOOPBACK
           NIC netlink status update
         Name = eth0
           index = 2
           IPv4 address = 192.168.32.129
           MAC = 02:00:00:00:00:a0
           State = UP, RUNNING
           Up debounce timer = 0us
           Down debounce timer = 0us
           MTU = 1500
           HW Type = ETHERNET
           NIC netlink status update
           Tracking VRRP instances :
             VI_1, weight 0
             VI_2, weight 0
         Name = blue
           index = 3
           IPv4 address = (none)
           MAC = 02:00:00:00:00:a0
           Up debounce timer = 0us
           Down debounce timer = 0us
           MTU = 65575
           HW Type = ETHERNET
           NIC netlink status update
         Name = tun0
           index = 4
           IPv4 address = (none)
           MAC = 02:00:00:00:00:a0
           Up debounce timer = 0us
           Down debounce timer = 0us
           MTU = 1400
           NIC netlink status update
         Name = nosuch0
           index = 0 (deleted)
           IPv4 address = (none)
           State = not UP, not RUNNING, no broadcast, no multicast
           Up debounce timer = 0us
           Down debounce timer = 0us
           Tracking VRRP instances :
             VI_3, weight 0
        """,
        String.join("\n", lines) + "\n");
  }

  @Test
  void logsWhatIsConfigured() {
    List<String> running = new ArrayList<>();
    Samples.three().data(CONTEXT, running::add);
    List<String> configured = new ArrayList<>();
    Samples.three().configuration(CONTEXT, configured::add);

    assertTrue(configured.contains("   Wantstate = MASTER"));
    assertTrue(configured.contains("     192.168.32.200/16 dev eth0 scope global"));
    List<String> onlyConfigured = new ArrayList<>(configured);
    onlyConfigured.removeAll(running);
    assertEquals(
        List.of(
            "     192.168.32.200/16 dev eth0 scope global",
            "     192.168.78.1 dev eth0 scope global"),
        onlyConfigured);
    for (String word :
        List.of("State = BACKUP", "Read timeout", "Last transition", "fd_in", "Effective")) {
      assertTrue(running.toString().contains("   " + word), word);
      assertFalse(configured.toString().contains("   " + word), word);
    }
  }

  @Test
  void aDaemonWithoutInstancesHasNoTopology() {
    List<String> lines = new ArrayList<>();
    Samples.snapshot(List.of()).data(CONTEXT, lines::add);
    assertEquals(
        List.of("------< Global definitions >------", "------< Interfaces >------"),
        lines.stream().filter(line -> line.startsWith("-")).toList());
  }
}
