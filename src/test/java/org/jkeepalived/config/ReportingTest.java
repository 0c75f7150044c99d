package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.Dumps;
import org.jkeepalived.model.Fifo;
import org.jkeepalived.model.FileTracker;
import org.jkeepalived.model.LifeScripts;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.model.LinkWatch.Delays;
import org.jkeepalived.model.LinkWatch.Polling;
import org.jkeepalived.model.MailSettings;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.Notifications.Occasion;
import org.jkeepalived.model.ProcessTracker.ParameterMatch;
import org.jkeepalived.model.ReceiveBuffer;
import org.jkeepalived.model.ScriptTracker;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.Trackers;
import org.jkeepalived.model.Weight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is tracked, told and run: the values that keepalived's dump does not show. */
final class ReportingTest {

  private static final Account ROOT = new Account("root", Optional.empty(), false);

  private static final String INSTANCE =
      """
      vrrp_instance A {
        interface e0
        virtual_router_id 1
        virtual_ipaddress {
          10.0.0.1
        }
        %s
      }
      """;

  private static Configuration read(String text, String lines) {
    return Reading.of("k", text + INSTANCE.formatted(lines)).configuration();
  }

  private static Configuration globals(String lines) {
    return read("global_defs {\n" + lines + "\n}\n", "");
  }

  private static Tracked tracked(TrackKind kind, String name, int weight) {
    return new Tracked(new TrackTarget(kind, name), new Weight(weight, false));
  }

  @Test
  void aGroupMayBeWrittenWithAColon() {
    assertEquals(
        Optional.of(new Account("nobody", Optional.of("nogroup"), false)),
        globals("script_user nobody :nogroup\nstartup_script /bin/f\n")
            .life()
            .startup()
            .map(Command::account));
  }

  @Test
  void mailHasItsDefaults() {
    String recipients = "notification_email {\na@b c@d\n}\n";

    assertEquals(Optional.empty(), globals(recipients).reporting().mail());
    assertEquals(Optional.empty(), globals("smtp_server x").reporting().mail());
    assertEquals(
        Optional.of(
            new MailSettings(
                List.of("a@b", "c@d"),
                "root@host",
                new MailSettings.Server(
                    "x", 25, "host", 30_000_000_000L, MailSettings.Security.NONE, Optional.empty()),
                true)),
        globals(recipients + "smtp_server x").reporting().mail());
  }

  @Test
  void mailHasWhatWasSaid() {
    MailSettings mail =
        read(
                """
                global_defs {
                  notification_email {
                    a@b
                  }
                  notification_email_from me@here
                  smtp_server ::1 587
                  smtp_helo_name here
                  smtp_connect_timeout 5
                  no_email_faults
                }
                jkeepalived {
                  smtp_security starttls
                  smtp_user me
                  smtp_password_file /etc/keepalived/password
                }
                """,
                "")
            .reporting()
            .mail()
            .orElseThrow();

    assertEquals(
        new MailSettings(
            List.of("a@b"),
            "me@here",
            new MailSettings.Server(
                "::1",
                587,
                "here",
                5_000_000_000L,
                MailSettings.Security.STARTTLS,
                Optional.of(new MailSettings.Login("me", "/etc/keepalived/password"))),
            false),
        mail);
  }

  /** A password that whoever listens learns goes out only where that is asked for. */
  @Test
  void nobodyLogsInUnprotectedUnlessAsked() {
    String globals =
        "global_defs {\nnotification_email {\na@b\n}\nsmtp_server ::1\n}\n"
            + "jkeepalived {\nsmtp_user me\nsmtp_password_file /p\n%s}\n";
    assertEquals(Optional.empty(), login(globals.formatted("")));
    Optional<MailSettings.Login> me = Optional.of(new MailSettings.Login("me", "/p"));
    assertEquals(me, login(globals.formatted("smtp_login_unprotected\n")));
    assertEquals(me, login(globals.formatted("smtp_security tls\n")));
  }

  /** Not only at the failover, when the first mail is to be sent. */
  @Test
  void aPasswordThatIsNotThereIsToldOfAtOnce() {
    LoadedConfiguration loaded =
        Reading.of(
            "k",
            "global_defs {\nnotification_email {\na@b\n}\nsmtp_server ::1\n}\n"
                + "jkeepalived {\nsmtp_user me\nsmtp_password_file /p\nsmtp_security tls\n}\n");
    assertEquals(
        List.of("(k: Line 9) smtp_password_file /p is missing" + " - no mail can be sent"),
        loaded.diagnostics().stream()
            .filter(one -> one.message().startsWith("smtp_password_file"))
            .map(PlainRenderer::render)
            .toList());
    assertTrue(loaded.isFlawless(), "all else runs");
  }

  private static Optional<MailSettings.Login> login(String globals) {
    return read(globals, "").reporting().mail().orElseThrow().server().login();
  }

  @Test
  void mailIsSentWhereItIsAskedFor() {
    assertFalse(read("", "").instances().get(0).notifications().mail());
    assertTrue(read("", "smtp_alert").instances().get(0).notifications().mail());
    assertTrue(globals("smtp_alert").instances().get(0).notifications().mail());
    assertFalse(
        globals("smtp_alert\nsmtp_alert_vrrp off").instances().get(0).notifications().mail());
    assertFalse(
        read("global_defs {\nsmtp_alert\n}\n", "smtp_alert off")
            .instances()
            .get(0)
            .notifications()
            .mail());
  }

  @Test
  void fifosHaveOwnersAndReaders() {
    Configuration configuration =
        globals(
            """
            script_user nobody nogroup
            notify_fifo /run/all
            notify_fifo_script "/bin/cat -u" root
            vrrp_notify_fifo /run/vrrp root
            lvs_notify_fifo_script /bin/cat
            fifo_write_vrrp_states_on_reload
            vrrp_notify_priority_changes
            """);

    assertEquals(
        Optional.of(
            new Fifo(
                "/run/all",
                Optional.of(new Account("nobody", Optional.of("nogroup"), false)),
                Optional.of(new Command(List.of("/bin/cat", "-u"), ROOT, false)))),
        configuration.reporting().all());
    assertEquals(
        Optional.of(new Fifo("/run/vrrp", Optional.empty(), Optional.empty())),
        configuration.reporting().vrrp());
    assertEquals(Optional.empty(), configuration.reporting().lvs());
    assertTrue(configuration.reporting().statesOnReload());
    assertTrue(configuration.instances().get(0).notifications().priorityChanges());
  }

  @Test
  void scriptsRunAsWhomTheyName() {
    Notifications notifications =
        read(
                """
                global_defs {
                  enable_script_security
                  set_supplementary_groups
                  script_user nobody
                }
                """,
                """
                notify_master "/bin/m 'a b' c"
                notify_backup /bin/b root
                notify_fault /bin/f root adm
                notify_deleted
                notify "logger $1 > /dev/null"
                """)
            .instances()
            .get(0)
            .notifications();

    Account standard = new Account("nobody", Optional.empty(), true);
    Account root = new Account("root", Optional.empty(), true);
    assertEquals(
        new Notifications(
            Map.of(
                Occasion.MASTER,
                new Command(List.of("/bin/m", "a b", "c"), standard, true),
                Occasion.BACKUP,
                new Command(List.of("/bin/b"), root, true),
                Occasion.FAULT,
                new Command(List.of("/bin/f"), new Account("root", Optional.of("adm"), true), true),
                Occasion.ANY,
                new Command(
                    List.of("/bin/sh", "-c", "logger $1 > /dev/null", "sh"), standard, true)),
            true,
            false,
            false),
        notifications);
  }

  @Test
  void whatIsUnknownStaysConfiguredAndFails() {
    Configuration configuration =
        read(
            "global_defs {\nenable_script_security\n}\n" + "vrrp_script s {\nscript /bin/s\n}\n",
            "track_script {\ns\n}");

    // there is no such user: a check that cannot run has failed, and never runs as root instead
    assertEquals(
        new Account("keepalived_script", Optional.empty(), false),
        configuration.trackers().scripts().get(0).command().account());
    assertEquals(
        List.of(tracked(TrackKind.SCRIPT, "s", 0)),
        configuration.instances().get(0).tracking().things());
  }

  @Test
  void trackersHaveTheirValues() {
    Trackers trackers =
        read(
                """
                global_defs {
                  process_monitor_rcv_bufs 500000
                  process_monitor_rcv_bufs_force
                }
                vrrp_script s {
                  script /bin/s
                  interval 2.5
                  rise 2
                  fall 3
                  init_fail
                }
                vrrp_script t {
                  script /bin/t
                  timeout 3
                }
                track_file f {
                  file /etc/f
                  init_file 7 overwrite
                }
                vrrp_track_process p {
                  process nginx -g "a b"
                  param_match partial
                }
                vrrp_script unused {
                  script /bin/u
                }
                """,
                """
                track_script {
                  s
                  t
                }
                track_file {
                  f
                }
                track_process {
                  p
                }
                """)
            .trackers();

    assertEquals(
        List.of(
            new ScriptTracker(
                "s",
                new Command(List.of("/bin/s"), ROOT, false),
                2_500_000_000L,
                2_500_000_000L,
                Weight.FAULT,
                2,
                3,
                true),
            new ScriptTracker(
                "t",
                new Command(List.of("/bin/t"), ROOT, false),
                1_000_000_000L,
                3_000_000_000L,
                Weight.FAULT,
                1,
                1,
                false)),
        trackers.scripts());
    assertEquals(
        List.of(
            new FileTracker(
                "f",
                "/etc/f",
                new Weight(1, false),
                Optional.of(new FileTracker.Initial(7, true)))),
        trackers.files());
    assertEquals(List.of("-g", "a b"), trackers.processes().get(0).match().parameters());
    assertEquals(ParameterMatch.PARTIAL, trackers.processes().get(0).match().parameterMatch());
    assertEquals(new ReceiveBuffer(OptionalLong.of(500_000), true), trackers.processBuffer());
  }

  @ParameterizedTest
  @CsvSource({"'',1", "json_version 1,1", "json_version 2,2", "json_version 3,1"})
  void theJsonHasTwoForms(String line, int version) {
    LoadedConfiguration loaded = Reading.of("k.conf", "global_defs {\n%s\n}\n".formatted(line));
    assertEquals(version, loaded.configuration().reporting().dumps().jsonVersion());
    assertEquals(
        line.endsWith("3")
            ? List.of("number '3' outside range [1, 2]", "json_version '3' is invalid")
            : List.of(),
        loaded.diagnostics().stream().map(Diagnostic::message).toList());
  }

  /** The words are 2.4's, the last one counts, and a word that names no file names none. */
  @Test
  void dumpsGoWhereTheyAreWanted() {
    LoadedConfiguration loaded =
        Reading.of(
            "k.conf",
            """
            global_defs {
              data_use_instance
              state_dump_file /run/k/
              stats_dump_file /run/first.stats
              stats_dump_file "/run/my own.stats"
              json_dump_file ""
            }
            """);
    assertEquals(List.of(), loaded.diagnostics());
    assertEquals(
        new Dumps.Files(
            Optional.of("/run/k/"), Optional.of("/run/my own.stats"), Optional.empty(), true),
        loaded.configuration().reporting().dumps().files());
    assertEquals(
        Dumps.Files.STANDARD,
        Reading.of("k.conf", "global_defs {\n}\n").configuration().reporting().dumps().files());
  }

  @Test
  void linksAreWatchedAsAsked() {
    assertEquals(
        new LinkWatch(
            Map.of("e0", new Delays(1_500_000_000L, 2_000_000_000L), "e1", new Delays(0, 0)),
            Map.of("e0", Polling.ANY, "e2", Polling.IOCTL)),
        read(
                """
                interface_up_down_delays {
                  e0 1.5 2
                  e1 0
                  e2 256
                }
                linkbeat_interfaces {
                  e2 IOCTL
                }
                """,
                "linkbeat_use_polling")
            .links());
    assertEquals(
        Map.of("e0", Polling.ANY, "e1", Polling.ANY),
        read("linkbeat_use_polling\n", "track_interface {\ne1\n}").links().polled());
  }

  @Test
  void lifeHasItsScripts() {
    assertEquals(
        new LifeScripts(
            Optional.of(new Command(List.of("/bin/a", "b"), ROOT, false)),
            5_000_000_000L,
            Optional.of(new Command(List.of("/bin/c"), ROOT, false)),
            10_000_000_000L),
        globals(
                "startup_script \"/bin/a b\"\nstartup_script_timeout 5\nshutdown_script /bin/c root")
            .life());
  }

  @Test
  void primaryLinkAndSourceAddress() {
    Configuration configuration =
        read("", "dont_track_primary\ntrack_src_ip\nmcast_src_ip 10.0.0.9");

    assertFalse(configuration.instances().get(0).tracking().primaryLink());
    assertTrue(configuration.instances().get(0).tracking().sourceAddress());
    assertFalse(read("", "track_src_ip").instances().get(0).tracking().sourceAddress());
  }

  /** keepalived 2 makes {@code sync_group_tracking_weight} of it. */
  @Test
  void globalTrackingIsForAllMembers() {
    String script = "vrrp_script %1$s {\nscript /bin/%1$s\n}\n";
    Configuration configuration =
        read(
            script.formatted("s")
                + script.formatted("t")
                + "vrrp_sync_group G {\ngroup {\nA\nB\n}\nglobal_tracking\n}\n"
                + INSTANCE
                    .formatted("track_script {\ns weight 9\nt weight 5\n}")
                    .replace("instance A", "instance B")
                    .replace("id 1", "id 2"),
            "track_script {\ns weight 4\n}\ntrack_interface {\ne1\n}");
    SyncGroup group = configuration.groups().get(0);

    assertEquals(
        List.of(
            tracked(TrackKind.SCRIPT, "s", 4),
            tracked(TrackKind.INTERFACE, "e1", 0),
            tracked(TrackKind.SCRIPT, "t", 5)),
        group.things());
    configuration
        .instances()
        .forEach(instance -> assertEquals(List.of(), instance.tracking().things()));
  }

  @Test
  void aTrackerMustStandBeforeTheLineThatTracksIt() {
    LoadedConfiguration loaded =
        Reading.of(
            "k", INSTANCE.formatted("track_file {\nf\n}") + "track_file f {\nfile /etc/f\n}\n");

    assertEquals(
        List.of("(k: Line 8) (A) track file f not found, ignoring..."),
        loaded.diagnostics().stream().map(PlainRenderer::render).toList());
  }
}
