package org.jkeepalived.model;

import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the operator writes for what the records of the configuration have: {@code advert_int} for
 * an interval of the protocol. What is not named here is told by its own name, in words.
 */
final class SettingWords {

  /** By class and component; {@code -} for what only holds others together. */
  private static final Map<String, String> WORDS =
      """
      GlobalDefinitions.routerId router_id
      GlobalDefinitions.processInstance instance
      GlobalDefinitions.networkNamespace net_namespace
      GlobalDefinitions.usePidDirectory use_pid_dir
      GlobalDefinitions.startupDelayNanos vrrp_startup_delay
      GlobalDefinitions.delayAfterBootNanos vrrp_delay_after_boot
      GlobalDefinitions.logUnknownVrids log_unknown_vrids
      GlobalDefinitions.processes -
      GlobalDefinitions.reloading -
      GlobalDefinitions.controlGroup control_group
      Processes.rising -
      Processes.name process_name
      Processes.umask umask
      Processes.vrrp vrrp_
      Processes.checker checker_
      AutoPriority.most max_auto_priority
      AutoPriority.minDelayNanos min_auto_priority_delay
      ProcessSettings.name process_name
      ProcessSettings.nice priority
      ProcessSettings.realTimePriority rt_priority
      ProcessSettings.processors cpu_affinity
      ProcessSettings.locked no_swap
      ProcessSettings.realTimeLimitMicros rlimit_rttime
      Reloading.checked reload_check_config
      Reloading.checkLog reload_check_config
      Reloading.timeFile reload_time_file
      Reloading.repeated reload_repeat
      Reloading.mark reload_file
      Mark.path -
      Reloading.saveDirectory config_save_dir
      LinkWatch.delays interface_up_down_delays
      LinkWatch.polled linkbeat_interfaces
      LinkWatch.buffers -
      LinkWatch.silentGroups disable_local_igmp
      Buffers.command vrrp_netlink_cmd_rcv_bufs
      Buffers.monitor vrrp_netlink_monitor_rcv_bufs
      Reporting.all notify_fifo
      Reporting.vrrp vrrp_notify_fifo
      Reporting.lvs lvs_notify_fifo
      Fifo.path -
      Reporting.statesOnReload fifo_write_vrrp_states_on_reload
      Reporting.mail -
      Reporting.dumps -
      MailSettings.recipients notification_email
      MailSettings.sender notification_email_from
      MailSettings.server -
      MailSettings.faults no_email_faults
      Server.host smtp_server
      Server.port smtp_server port
      Server.heloName smtp_helo_name
      Server.connectTimeoutNanos smtp_connect_timeout
      Server.security smtp_security
      Server.login -
      Login.user smtp_user
      Login.passwordFile smtp_password_file
      Dumps.jsonVersion json_version
      Dumps.files -
      Files.state state_dump_file
      Files.statistics stats_dump_file
      Files.json json_dump_file
      Files.instanceNamed data_use_instance
      Dumps.defaults -
      GlobalDefaults.instance -
      GlobalDefaults.mail -
      GlobalDefaults.links -
      GlobalDefaults.scripts -
      OfInstances.protocol default
      OfInstances.conduct default
      OfInstances.announcements default
      OfInstances.group4 vrrp_mcast_group4
      OfInstances.priorityChanges vrrp_notify_priority_changes
      Mail.alert smtp_alert
      Mail.vrrp smtp_alert_vrrp
      Mail.checker smtp_alert_checker
      Mail.allFailures checker_log_all_failures
      Mail.eachCheck no_checker_emails
      Links.dynamic dynamic_interfaces
      Links.mayChange dynamic_interfaces allow_if_changes
      Links.standard default_interface
      Scripts.secured enable_script_security
      Scripts.account script_user
      Account.user -
      LifeScripts.startup startup_script
      LifeScripts.startupTimeoutNanos startup_script timeout
      LifeScripts.shutdown shutdown_script
      LifeScripts.shutdownTimeoutNanos shutdown_script timeout
      LifeScripts.oversight -
      Oversight.watchdogDevice watchdog_device
      Oversight.jsonLog log_format json
      Oversight.http http_address
      Trackers.scripts vrrp_script
      Trackers.files track_file
      Trackers.processes vrrp_track_process
      Trackers.processBuffer process_monitor_rcv_bufs
      ReceiveBuffer.bytes -
      ScriptTracker.command script
      ScriptTracker.intervalNanos interval
      ScriptTracker.timeoutNanos timeout
      ScriptTracker.initiallyFailed init_fail
      FileTracker.initial init_file
      Initial.value -
      ProcessTracker.match -
      Match.process process
      Match.parameterMatch param_match
      Match.fullCommand full_command
      ProcessTracker.quorumMax quorum_max
      ProcessTracker.forkDelayNanos fork_delay
      ProcessTracker.terminateDelayNanos terminate_delay
      Weight.value -
      Weight.reversed reverse
      SyncGroup.members group
      SyncGroup.things track
      SyncGroup.notifications -
      Configuration.statics -
      StaticNetwork.addresses static_ipaddress
      StaticNetwork.routes static_routes
      StaticNetwork.rules static_rules
      StaticNetwork.groups track_group
      Addresses.routing -
      Routing.routes virtual_routes
      Routing.rules virtual_rules
      VrrpInstance.key -
      Key.interfaceName interface
      Key.virtualRouterId virtual_router_id
      Key.group mcast_dst_ip
      VrrpInstance.protocol -
      Protocol.advertIntervalNanos advert_int
      Protocol.downTimerAdverts down_timer_adverts
      Protocol.source mcast_src_ip
      Protocol.unicast -
      Authentication.type auth_type
      Authentication.password auth_pass
      Unicast.peers unicast_peer
      Unicast.hopLimit unicast_ttl
      Unicast.checkSource check_unicast_src
      Unicast.faultWithoutPeers unicast_fault_no_peer
      VrrpInstance.election -
      Election.initialMaster state MASTER
      Election.preemptDelayNanos preempt_delay
      Election.timerExpiredBackupNanos timer_expired_backup
      VrrpInstance.conduct -
      Conduct.rules -
      Conduct.room kernel_rx_buf_size
      Conduct.firewall -
      Nftables.table nftables
      Nftables.priority nftables_priority
      Nftables.counted nftables_counters
      Nftables.byNumber nftables_ifindex
      Rule.STRICT strict_mode
      Rule.SKIP_CHECK_ADDRESSES skip_check_adv_addr
      Rule.LOWER_PRIORITY_NO_ADVERT lower_prio_no_advert
      Rule.HIGHER_PRIORITY_SEND_ADVERT higher_prio_send_advert
      Rule.OWNER_IGNORE_ADVERTS owner_ignore_adverts
      Rule.CHECKSUM_AS_VERSION_2 v3_checksum_as_v2
      VrrpInstance.addresses -
      Addresses.advertised virtual_ipaddress
      Addresses.excluded virtual_ipaddress_excluded
      Addresses.promoteSecondaries promote_secondaries
      VrrpInstance.announcements -
      Announcements.repeat garp_master_repeat
      Announcements.delayNanos garp_master_delay
      Announcements.refreshNanos garp_master_refresh
      Announcements.refreshRepeat garp_master_refresh_repeat
      Announcements.lowerPriorityRepeat garp_lower_prio_repeat
      Announcements.lowerPriorityDelayNanos garp_lower_prio_delay
      Announcements.intervalNanos garp_interval
      Announcements.otherLinks -
      OtherLinks.refreshNanos garp_extra_if
      OtherLinks.all garp_extra_if all
      VrrpInstance.tracking -
      Tracking.things track
      Tracking.primaryLink track_primary
      Tracking.sourceAddress track_src_ip
      VrrpInstance.notifications -
      Notifications.scripts -
      Occasion.MASTER notify_master
      Occasion.BACKUP notify_backup
      Occasion.FAULT notify_fault
      Occasion.STOP notify_stop
      Occasion.DELETED notify_deleted
      Occasion.ANY notify
      Occasion.MASTER_RX_LOWER_PRI notify_master_rx_lower_pri
      Notifications.deleted notify_deleted
      Notifications.priorityChanges notify_priority_changes
      Notifications.mail smtp_alert
      Type.SIMPLE_PASSWORD PASS
      VirtualServer.balancing -
      Balancing.scheduler lvs_sched
      Balancing.onePacket ops
      Balancing.persistence -
      Persistence.timeoutSeconds persistence_timeout
      Persistence.granularity persistence_granularity
      Persistence.engine persistence_engine
      Balancing.forwarding -
      Forwarding.method lvs_method
      VirtualServer.quorum -
      Quorum.weight quorum
      Quorum.up quorum_up
      Quorum.down quorum_down
      VirtualServer.conduct -
      Conduct.servers -
      Conduct.suspended ha_suspend
      Conduct.mail smtp_alert
      Conduct.snmpName snmp_name
      VirtualServer.servers real_server
      VirtualServer.sorry sorry_server
      SorryServer.inhibited sorry_server_inhibit
      RealServer.load -
      Load.upperThreshold uthreshold
      Load.lowerThreshold lthreshold
      RealServer.forwarding -
      RealServer.conduct -
      ServerConduct.inhibited inhibit_on_failure
      ServerConduct.virtualHost virtualhost
      ServerConduct.times -
      CheckTimes.intervalNanos delay_loop
      CheckTimes.timeoutNanos connect_timeout
      CheckTimes.retries retry
      CheckTimes.retryNanos delay_before_retry
      RealServer.tidings -
      Tidings.up notify_up
      Tidings.down notify_down
      Tidings.mail smtp_alert
      Tidings.snmpName snmp_name
      CheckSchedule.intervalNanos delay_loop
      CheckSchedule.retries retry
      CheckSchedule.retryNanos delay_before_retry
      CheckConnection.timeoutNanos connect_timeout
      """
          .lines()
          .map(line -> line.split(" ", 2))
          .collect(Collectors.toMap(words -> words[0], words -> words[1], (one, other) -> one));

  private SettingWords() {}

  /** What a component is called; empty for what only holds others together. */
  static String of(RecordComponent component) {
    return of(
        component.getDeclaringRecord().getSimpleName() + "." + component.getName(),
        key -> inWords(component.getName()));
  }

  /** What a choice is called. */
  static String of(Enum<?> choice) {
    return of(
        choice.getDeclaringClass().getSimpleName() + "." + choice.name(),
        key -> choice.name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  private static String of(String key, Function<String, String> otherwise) {
    String word = WORDS.getOrDefault(key, "");
    return word.isEmpty() ? otherwise.apply(key) : word.equals("-") ? "" : word;
  }

  private static String inWords(String name) {
    return name.replaceAll("Nanos$", "").replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }
}
