package org.jkeepalived.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What both daemons tell of sync groups, of what is tracked, and of who is told, on the same node
 * with the same configuration: a group of masters, one in FAULT, a script that hangs. All that
 * jkeepalived tells, keepalived tells in the same words and order.
 */
@Lab
final class TrackingStatusLabTest {

  private static final String GLOBALS =
      """
      global_defs {
        router_id first
        dynamic_interfaces
        script_user root
        enable_script_security
        notification_email {
          root@localhost
          ops@localhost
        }
        notification_email_from keepalived@localhost
        smtp_server 127.0.0.1 2525
        smtp_helo_name first.example
        smtp_connect_timeout 3
        no_email_faults
        notify_fifo /tmp/notify.fifo root root
        vrrp_notify_fifo /tmp/vrrp.fifo root
        vrrp_notify_fifo_script "/bin/cat"
        fifo_write_vrrp_states_on_reload
      }
      """;

  private static final String TRACKERS =
      """
      interface_up_down_delays {
        eth1 0.5 0.25
      }
      linkbeat_interfaces {
        eth1 ETHTOOL
      }
      vrrp_script well {
        script "/bin/true x 'y z'"
        interval 60
        timeout 3
        weight 10
        rise 2
        fall 3
        user root root
      }
      vrrp_script ill {
        script /bin/false
        interval 60
        weight -5
      }
      vrrp_script hangs {
        script "/bin/sleep 1000"
        interval 90
        timeout 80
        weight 7
        init_fail
      }
      vrrp_script fatal {
        script /bin/false
        interval 60
      }
      vrrp_script unused {
        script /bin/true
      }
      track_file number {
        file /tmp/number
        weight 2
      }
      vrrp_track_process missing {
        process jkeepalived-lab-none -x 'a b'
        param_match initial
        quorum 2
        quorum_max 3
        fork_delay 1
        terminate_delay 2.5
        weight 5
      }
      """;

  private static final String GROUPS =
      """
      vrrp_sync_group BOTH {
        group {
          FIRST
          SECOND
        }
        sync_group_tracking_weight
        track_script {
          ill weight -2
        }
        track_file {
          number weight 3
        }
        track_interface {
          eth1 weight 4
        }
        notify_master "/bin/true a 'b c'"
        notify_fault /bin/true root
        notify /bin/true
        smtp_alert
      }
      vrrp_sync_group ILL {
        group {
          THIRD
          FOURTH
        }
        track_process {
          missing weight 6
        }
      }
      """;

  private static final String INSTANCES =
      """
      vrrp_instance FIRST {
        interface eth0
        virtual_router_id 61
        virtual_ipaddress {
          10.6.0.1
        }
      }
      vrrp_instance SECOND {
        interface eth1
        virtual_router_id 62
        dont_track_primary
        virtual_ipaddress {
          10.6.0.2
        }
      }
      vrrp_instance THIRD {
        interface eth0
        virtual_router_id 63
        virtual_ipaddress {
          10.6.0.3
        }
        track_script {
          fatal
        }
      }
      vrrp_instance FOURTH {
        interface eth0
        virtual_router_id 64
        virtual_ipaddress {
          10.6.0.4
        }
      }
      vrrp_instance FIFTH {
        interface eth0
        virtual_router_id 65
        priority 101
        virtual_ipaddress {
          10.6.0.5
        }
        track_script {
          well
          ill weight -20
          hangs
        }
        track_file {
          number
        }
        track_process {
          missing weight 3
        }
        track_interface {
          eth1 weight -9
          eth0
        }
        notify_master "/bin/true a b" root
        notify_backup /bin/true
        notify_fault /bin/true
        notify_stop "/bin/true stop"
        notify_deleted /bin/true
        notify_master_rx_lower_pri /bin/true
        notify /bin/true
        notify_priority_changes on
        smtp_alert
      }
      vrrp_instance SIXTH {
        interface nosuch0
        virtual_router_id 66
        virtual_ipaddress {
          10.6.0.6
        }
        track_interface {
          nosuch1
        }
        notify_deleted
      }
      """;

  /** What must be there whatever keepalived writes. */
  private static final List<String> EXPECTED =
      List.of(
          " Email notification to:",
          " Send emails for fault transitions = off",
          " Global notify fifo = /tmp/notify.fifo, uid:gid 0:0",
          " VRRP notify fifo script = '/usr/bin/cat' '/tmp/vrrp.fifo', uid:gid 0:0",
          " Script security enabled",
          "   Sync group = BOTH",
          "   Number of interface and track script faults = 3",
          "   VRRP interface tracking disabled",
          "   Total priority = 97",
          "   Wantstate = BACKUP",
          "   Stop state transition script = '/usr/bin/true' 'stop', uid:gid 0:0",
          "   Notify deleted = Deleted",
          " VRRP Sync Group = ILL, FAULT",
          "   Num member fault 1, num member init 0",
          "   Result = 4",
          "   Init state = INIT",
          "   State = running",
          "   Status = 3",
          "   Param match = initial",
          "   Down debounce timer = 500000us",
          "   NIC support ETHTOOL GLINK interface",
          "     FIFTH, weight -9");

  private record Told(List<String> data, String json) {}

  @Test
  void tellsWhatKeepalivedTells() {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.cluster.addSegment("lan2");
      nodes.first.attach("lan2", "eth1", "10.1.0.1/24");

      Told real = ask(nodes, DaemonKind.KEEPALIVED);
      Told ours = ask(nodes, DaemonKind.JKEEPALIVED);

      Reports.assertInOrder(ours.data(), real.data());
      assertTrue(ours.data().containsAll(EXPECTED), () -> String.join("\n", ours.data()));
      assertEquals(real.json(), ours.json());
    }
  }

  private static Told ask(TwoNodes nodes, DaemonKind kind) {
    nodes.first.configure(GLOBALS + TRACKERS + GROUPS + INSTANCES);
    nodes.first.write("tmp/number", "3\n");
    nodes.first.delete("tmp/keepalived.data");
    nodes.first.delete("tmp/keepalived.json");
    StartedDaemon daemon = nodes.first.start(kind, List.of());
    // a signal that comes before somebody waits for it ends the process
    Await.until(
        "the last instance has started",
        () -> daemon.log().contains("(FIFTH) Entering BACKUP STATE"),
        nodes::evidence);
    String data = Reports.await(nodes, daemon, "USR1", "data", TrackingStatusLabTest::hasSettled);
    String json = Reports.await(nodes, daemon, "36", "json", text -> text.endsWith("}]\n"));
    daemon.stop();
    return new Told(Reports.comparable(data.lines().toList()), Reports.jsonData(json));
  }

  private static boolean hasSettled(String data) {
    return data.contains("VRRP Sync Group = BOTH, MASTER")
        && data.contains("VRRP Sync Group = ILL, FAULT")
        && data.contains("10.6.0.1 dev eth0 scope global set")
        && data.contains("10.6.0.2 dev eth1 scope global set")
        && data.contains("10.6.0.5 dev eth0 scope global set")
        && data.contains("Effective priority = 97")
        && data.contains("Name = nosuch1");
  }
}
