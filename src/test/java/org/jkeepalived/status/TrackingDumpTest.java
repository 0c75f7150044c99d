package org.jkeepalived.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.time.LocalClock;
import org.junit.jupiter.api.Test;

/**
 * What is tracked and who is told, in the dump and the JSON; that it is keepalived's text is tried
 * in the lab.
 */
final class TrackingDumpTest {

  private static final ReportContext CONTEXT =
      new ReportContext(LocalClock.of(ZoneId.of("UTC")), Optional.empty(), TrackingSamples.FACTS);

  private final List<String> running = running(TrackingSamples.snapshot());

  @Test
  void globalsTellOfMailAndFifos() {
    assertEquals(
        """
         Router ID = node-a
         Smtp server = 192.0.2.1
         Smtp server port = 25
         Smtp HELO name = node-a
         Smtp server connection timeout = 30
         Email notification from = k@b.c
         Email notification to:
           a@b.c
           d@e.f
         Default smtp_alert = unset
         Default smtp_alert_vrrp = unset
         Default smtp_alert_checker = unset
         Checkers log all failures = false
         No test config before reload
         Dynamic interfaces = false
         Send emails for fault transitions = off
         Default interface = eth0
         LVS flush = false
         LVS flush on stop = disabled
         Global notify fifo = /run/all, uid:gid web:www
         VRRP notify fifo = /run/vrrp, uid:gid 0:0
         VRRP notify fifo script = '/usr/bin/cat' '-u' '/run/vrrp', uid:gid 0:0
         LVS notify fifo = /run/lvs, uid:gid 7:8
         FIFO write vrrp states on reload = true
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
         Default script uid:gid 0:0
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
        """,
        part(" Router ID = node-a", "------< VRRP Topology >------"));
  }

  @Test
  void anInstanceTellsWhatItTracksAndWhoIsTold() {
    assertEquals(
        """
           fd_in 37, fd_out 37
           Tracked interfaces :
             eth1 weight 0
           Tracked scripts :
             chk weight 10
             gone weight -20 reverse
           Tracked files :
             down, weight 4
           Tracked processes :
             web, weight 9 reverse
           Using smtp notification = yes
           Notify deleted = Deleted
           Backup state transition script = '/opt/b', uid:gid web:www
           Master state transition script = '/usr/bin/true' 'a' 'b c', uid:gid 0:0
           Fault state transition script = '/usr/bin/f', uid:gid 0:0
           Stop state transition script = '/usr/bin/s', uid:gid 0:0
           Deleted state transition script = '/usr/bin/d', uid:gid 0:0
           Generic state transition script = '/usr/bin/true' 'any', uid:gid 0:0
           Master rx lower pri state transition script = '/usr/bin/rx', uid:gid 0:0
           Notify priority changes = true
        """,
        part("   fd_in 37, fd_out 37", " VRRP Instance = VI_2"));
  }

  @Test
  void aMemberTellsItsGroupAndItsTroubles() {
    assertEquals(
        """
         VRRP Instance = VI_2
           VRRP Version = 3
           Sync group = VG
           State = BACKUP
           Master router = 192.168.32.130
           Master priority = 100
           Master advert int = 0.50 sec
           Flags:
           Wantstate = BACKUP
           Number of config faults = 0
           Number of interface and track script faults = 2
           Number of tracker faults = 2
           Number of track scripts init = 1
           Read timeout = DISABLED
           Master down timer = 3000000 usecs
           Interface = eth0
           VRRP interface tracking disabled
        """,
        part(" VRRP Instance = VI_2", "   Using src_ip = 192.168.32.131 (from configuration)"));
  }

  @Test
  void groups() {
    assertEquals(
        """
        ------< VRRP Sync groups >------
         VRRP Sync Group = VG, FAULT
           Num member fault 2, num member init 1
           VRRP member instances :
             VI_2
             VI_3
           Using smtp notification = yes
           Notify priority changes = yes
           Tracked interfaces :
             eth0 weight -3 reverse
           Tracked scripts :
             chk weight 7
           Tracked files :
             down, weight 1
           Tracked process :
             web, weight 0
           Backup state transition script = '/opt/b', uid:gid web:www
           Master state transition script = '/usr/bin/true' 'a' 'b c', uid:gid 0:0
           Fault state transition script = '/usr/bin/f', uid:gid 0:0
           Stop state transition script = '/usr/bin/s', uid:gid 0:0
           Deleted state transition script = '/usr/bin/d', uid:gid 0:0
           Generic state transition script = '/usr/bin/true' 'any', uid:gid 0:0
           Master rx lower pri state transition script = '/usr/bin/rx', uid:gid 0:0
        """,
        part("------< VRRP Sync groups >------", "------< VRRP Scripts >------"));
  }

  @Test
  void scripts() {
    assertEquals(
        """
        ------< VRRP Scripts >------
         VRRP Script = chk
           Command = '/usr/bin/true' 'x' 'y z'
           Interval = 2.5 sec
           Timeout = 3 sec
           Weight = 10
           Rise = 2
           Fall = 3
           Result = 4
           Insecure = no
           Init state = unknown
           Status = GOOD
           Script uid:gid = 0:0
           Tracking instances :
             VI_1, weight 10
             VI_2, weight 7
             VI_3, weight 7
           State = running
         VRRP Script = gone
           Command = '/no/such'
           Interval = 1 sec
           Timeout = 0 sec
           Weight = -5 reverse
           Rise = 1
           Fall = 1
           Result = 0
           Init state = INIT
           Status = BAD
           Script uid:gid = web:www
           Tracking instances :
             VI_1, weight -20 reverse
           State = idle
           Cannot be run = /no/such: no such file
        """,
        part("------< VRRP Scripts >------", "------< VRRP Track files >------"));
  }

  @Test
  void filesAndProcesses() {
    assertEquals(
        """
        ------< VRRP Track files >------
         Track file = down
           File = /run/down
           Status = -3
           Weight = 2 reverse
           Tracking instances :
             VI_1, weight 4
             VI_2, weight 1
             VI_3, weight 1
        ------< VRRP Track processes >------
         VRRP Track process = web
           Process = /bin/web
           Parameters = -x 'a b'
           Param match = initial
           Min processes = 1
           Max processes = 4
           Current processes = 5
           Have quorum = false
           Weight = 5 reverse
           Terminate delay = 2.000000s
           Fork delay = 1.500000s
           Fork delay timer running
           Terminate delay timer not running
           Full command = true
           Tracking instances :
             VI_1, weight 9 reverse
             VI_2, weight 0
             VI_3, weight 0
         VRRP Track process = unused
           Process = /bin/unused
           Parameters = -x
           Param match
           Min processes = 1
           Weight = 5 reverse
           Terminate delay = 2.000000s
           Fork delay = 1.500000s
           Full command = true
        """,
        part("------< VRRP Track files >------", "------< Interfaces >------"));
  }

  @Test
  void linksTellWhoTracksThemAndHow() {
    assertEquals(
        """
         Name = eth0
           index = 2
           IPv4 address = 192.168.32.129
           MAC = 02:00:00:00:00:a0
           State = UP, RUNNING
           Delayed state change running = true
           Up debounce timer = 250000us
           Down debounce timer = 499024us
           MTU = 1500
           HW Type = ETHERNET
           NIC support ETHTOOL GLINK interface
           Tracking VRRP instances :
             VI_1, weight 0
             VI_2, weight -3 reverse
             VI_3, weight -3 reverse
         Name = blue
           index = 3
           IPv4 address = (none)
           MAC = 02:00:00:00:00:a0
           Delayed state change running = false
           Up debounce timer = 0us
           Down debounce timer = 0us
           MTU = 65575
           HW Type = ETHERNET
           NIC ioctl refresh polling
         Name = tun0
           index = 4
           IPv4 address = (none)
           MAC = 02:00:00:00:00:a0
           Delayed state change running = false
           Up debounce timer = 0us
           Down debounce timer = 0us
           MTU = 1400
         Name = eth1
           index = 0 (deleted)
           IPv4 address = (none)
           State = not UP, not RUNNING, no broadcast, no multicast
           Up debounce timer = 0us
           Down debounce timer = 0us
           Tracking VRRP instances :
             VI_1, weight 0
        """,
        part(" Name = eth0", " Name = nosuch0"));
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    VrrpSnapshot known = TrackingSamples.snapshot();
    List<String> lines =
        running(
            new VrrpSnapshot(
                known.moment(),
                known.configuration(),
                known.routers(),
                known.groups(),
                TrackerStatus.UNKNOWN,
                known.strays(),
                known.machine()));
    List<String> missing = new ArrayList<>(running);
    lines.forEach(line -> assertTrue(missing.remove(line), line));
    assertEquals(
        List.of(
            "   Result = 4",
            "   Insecure = no",
            "   Init state = unknown",
            "   Status = GOOD",
            "   State = running",
            "   Result = 0",
            "   Init state = INIT",
            "   Status = BAD",
            "   State = idle",
            "   Cannot be run = /no/such: no such file",
            "   Status = -3",
            "   Current processes = 5",
            "   Have quorum = false",
            "   Fork delay timer running",
            "   Terminate delay timer not running",
            "   Delayed state change running = true",
            "   NIC support ETHTOOL GLINK interface",
            "   Delayed state change running = false",
            "   NIC ioctl refresh polling",
            "   Delayed state change running = false"),
        missing);
  }

  @Test
  void whatIsConfiguredTellsOfNoTimer() {
    List<String> configured = new ArrayList<>();
    TrackingSamples.snapshot().configuration(CONTEXT, configured::add);
    assertTrue(configured.contains(" VRRP Sync Group = VG, FAULT"));
    assertTrue(configured.contains("   Status = GOOD"));
    assertTrue(configured.contains("   Number of config faults = 0"));
    assertEquals(
        List.of(), configured.stream().filter(line -> line.contains(" timer ru")).toList());
  }

  @Test
  void jsonTellsOfLinksScriptsAndNotifications() {
    StringBuilder text = new StringBuilder();
    JsonText.write(TrackingSamples.snapshot(), TrackingSamples.FACTS, text::append);
    assertEquals(
        "\"effective_priority\":254,", between(text, "\"effective_priority\"", "\"vipset\""));
    assertEquals(
        "\"version\":2,\"smtp_alert\":true,\"notify_deleted\":true,"
            + "\"script_backup\":\"'\\/opt\\/b'\",\"script_master\":\"'\\/usr\\/bin\\/true' 'a' 'b"
            + " c'\","
            + "\"script_fault\":\"'\\/usr\\/bin\\/f'\",\"script_stop\":\"'\\/usr\\/bin\\/s'\",\"script_deleted\":\"'\\/usr\\/bin\\/d'\",\"script\":\"'\\/usr\\/bin\\/true'"
            + " 'any'\",\"script_master_rx_lower_pri\":\"'\\/usr\\/bin\\/rx'\",",
        between(text, "\"version\"", "\"vips\""));
    assertEquals(
        "\"track_ifp\":[\"eth1\"],"
            + "\"track_script\":[\"'\\/usr\\/bin\\/true' 'x' 'y z'\",\"'\\/no\\/such'\"],"
            + "\"track_process\":[\"web\"],",
        between(text, "\"track_ifp\"", "\"auth_type\""));
    assertTrue(text.toString().contains("\"iname\":\"VI_2\",\"dont_track_primary\":1,"));
  }

  @Test
  void theSecondJsonNamesTheArrayAndTellsOfProcessesAndTheDaemon() {
    VrrpSnapshot first = TrackingSamples.snapshot();
    StringBuilder array = new StringBuilder();
    JsonText.write(first, TrackingSamples.FACTS, array::append);
    StringBuilder text = new StringBuilder();
    JsonText.write(TrackingSamples.secondJson(), TrackingSamples.FACTS, text::append);
    String instances = array.toString().strip();
    assertTrue(text.toString().startsWith("{\"vrrp\":" + instances + ","), text::toString);
    assertEquals(
        """
        ,"track_process":[{"process":"\\/bin\\/web","param_match":"initial","min_processes":1,\
        "max_processes":4,"current_processes":5,"have_quorum":false,"weight":5,\
        "terminate_delay":2,"fork_delay":1.5,"fork_delay_timer_running":true,\
        "terminate_delay_timer_running":false,"full_command":true},\
        {"process":"\\/bin\\/unused","param_match":"none","min_processes":1,"weight":5,\
        "terminate_delay":2,"fork_delay":1.5,"full_command":true}],\
        "jkeepalived":{"links":[{"name":"eth0",\
        "received":11,"dropped":12,"sent":13,"send_failures":14,"not_allowed":0}],\
        "peers":[{"name":"unicast",\
        "received":21,"dropped":22,"sent":23,"send_failures":24,"not_allowed":0}],\
        "threads":[{"name":"vrrp","greatest_lateness":0.00123457,"exceptions":0,"lost":false},\
        {"name":"files","greatest_lateness":0,"exceptions":100,"lost":true}]}}
        """,
        text.substring("{\"vrrp\":".length() + instances.length()));
  }

  private static String between(CharSequence text, String from, String to) {
    String all = text.toString();
    int start = all.indexOf(from);
    return all.substring(start, all.indexOf(to, start));
  }

  /** From one line to before another. */
  private String part(String from, String to) {
    List<String> rest = running.subList(running.indexOf(from), running.size());
    return String.join("\n", rest.subList(0, rest.indexOf(to))) + "\n";
  }

  private static List<String> running(VrrpSnapshot snapshot) {
    List<String> lines = new ArrayList<>();
    snapshot.data(CONTEXT, lines::add);
    return lines;
  }
}
