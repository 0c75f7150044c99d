package org.jkeepalived.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.Reading;
import org.jkeepalived.script.CommandFacts;
import org.junit.jupiter.api.Test;

/** The dump's beginning, as keepalived 2.2.7 writes what a file says. */
class GlobalsTextTest {

  @Test
  void tellsOfTheProcessAndOfReloads() {
    String file =
        """
        global_defs {
          router_id x
          config_save_dir /s
          process_name whole
          vrrp_process_name v
          reload_check_config /l
          vrrp_rt_priority 7
          vrrp_cpu_affinity 0 1
        }
        """;
    List<String> lines = new ArrayList<>();
    new GlobalsText(Optional.empty(), new CommandText(CommandFacts.NONE), lines::add)
        .write(Reading.of("/k.conf", file).configuration());
    assertEquals(
        """
        ------< Global definitions >------
         Config save dir = /s
         Network namespace = (default)
         Network namespace ipvs = (main namespace)
         Parent process name = whole
         VRRP process name = v
         Router ID = x
         Default smtp_alert = unset
         Default smtp_alert_vrrp = unset
         Default smtp_alert_checker = unset
         Checkers log all failures = false
         Test config before reload, log to /l
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
         VRRP process priority = -10
         VRRP don't swap = false
         VRRP realtime priority = 7
         VRRP CPU Affinity = 0 1
         VRRP realtime limit = 10000
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
        """,
        String.join("\n", lines) + "\n");
  }

  /** keepalived 2.2.7's own text, but for what there is nothing of here, and the user's number. */
  @Test
  void tellsWhatOthersInherit() {
    String file =
        """
        global_defs {
          router_id me
          smtp_alert off
          smtp_alert_vrrp
          checker_log_all_failures
          vrrp_garp_master_delay 7
          vrrp_garp_master_repeat 3
          vrrp_garp_master_refresh 60
          vrrp_garp_master_refresh_repeat 2
          vrrp_garp_lower_prio_delay 4
          vrrp_garp_lower_prio_repeat 6
          vrrp_garp_interval 0.001
          vrrp_garp_extra_if all 9
          vrrp_lower_prio_no_advert
          vrrp_higher_prio_send_advert
          vrrp_version 3
          vrrp_down_timer_adverts 4
          vrrp_check_unicast_src
          vrrp_skip_check_adv_addr
          vrrp_strict
          vrrp_mcast_group4 224.0.0.19
          default_interface v0
          vrrp_priority -5
          vrrp_notify_priority_changes
          process_monitor_rcv_bufs 200000
          process_monitor_rcv_bufs_force
          lvs_netlink_cmd_rcv_bufs 1000000
          umask 027
          max_auto_priority 50
          no_checker_emails
          dynamic_interfaces allow_if_changes
          log_unknown_vrids
          vrrp_startup_delay 0.5
        }
        """;
    List<String> lines = new ArrayList<>();
    new GlobalsText(Optional.empty(), new CommandText(CommandFacts.NONE), lines::add)
        .write(Reading.of("/k.conf", file).configuration());
    assertEquals(
        """
        ------< Global definitions >------
         Network namespace = (default)
         Network namespace ipvs = (main namespace)
         Router ID = me
         Default smtp_alert = off
         Default smtp_alert_vrrp = on
         Default smtp_alert_checker = unset
         Checkers log all failures = true
         No test config before reload
         Dynamic interfaces = true
         Allow interface changes = true
         Default interface = v0
         LVS flush = false
         LVS flush on stop = disabled
         FIFO write vrrp states on reload = false
         VRRP notify priority changes = true
         VRRP IPv4 mcast group = 224.0.0.19
         VRRP IPv6 mcast group = ff02::12
         Gratuitous ARP delay = 7
         Gratuitous ARP repeat = 3
         Gratuitous ARP refresh timer = 60
         Gratuitous ARP refresh repeat = 2
         Gratuitous ARP lower priority delay = 4
         Gratuitous ARP lower priority repeat = 6
         Num adverts before down = 4
         Gratuitous ARP for each secondary i/f = 9s
         Send advert after receive lower priority advert = false
         Send advert after receive higher priority advert = true
         Gratuitous ARP interval = 0.001000
         Gratuitous NA interval = 0.000000
         VRRP default protocol version = 3
         VRRP check unicast_src = true
         VRRP skip check advert addresses = true
         VRRP strict mode = true
         Max auto priority = 50
         Min auto priority delay = 1000000 usecs
         VRRP process priority = -5
         VRRP don't swap = false
         VRRP realtime priority = 0
         VRRP realtime limit = 10000
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
         process_monitor_rcv_bufs = 200000
         process_monitor_rcv_bufs_force = 1
         lvs_netlink_cmd_rcv_bufs = 1000000
         lvs_netlink_cmd_rcv_bufs_force = 0
         lvs_netlink_monitor_rcv_bufs = 0
         lvs_netlink_monitor_rcv_bufs_force = 0
         rs_init_notifies = 0
         no_checker_emails = 1
         umask = 027
         vrrp_startup_delay = 0.5
         log_unknown_vrids
        """,
        String.join("\n", lines) + "\n");
  }
}
