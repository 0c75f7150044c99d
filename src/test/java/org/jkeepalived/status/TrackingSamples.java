package org.jkeepalived.status;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.Dumps;
import org.jkeepalived.model.Fifo;
import org.jkeepalived.model.FileTracker;
import org.jkeepalived.model.GlobalDefaults;
import org.jkeepalived.model.LifeScripts;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.model.MailSettings;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.Notifications.Occasion;
import org.jkeepalived.model.ProcessTracker;
import org.jkeepalived.model.Reporting;
import org.jkeepalived.model.ScriptTracker;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.Trackers;
import org.jkeepalived.model.Tracking;
import org.jkeepalived.model.Weight;
import org.jkeepalived.script.CommandFacts;
import org.jkeepalived.track.ScriptRuns;
import org.jkeepalived.vrrp.Fault;
import org.jkeepalived.vrrp.State;
import org.jkeepalived.vrrp.Statistics;

/** A snapshot with everything that is tracked and told. */
final class TrackingSamples {

  private static final long SECOND = 1_000_000_000L;

  /** Knows where programs are, and one user. */
  static final CommandFacts FACTS =
      new CommandFacts() {
        @Override
        public Optional<String> program(Command command) {
          return command.program().startsWith("/bin/")
              ? Optional.of("/usr" + command.program())
              : Optional.empty();
        }

        @Override
        public Optional<Ids> ids(Account account) {
          return account.user().equals("root") ? Optional.of(new Ids(0, 0)) : Optional.empty();
        }

        @Override
        public Optional<Ids> own() {
          return Optional.of(new Ids(7, 8));
        }
      };

  private TrackingSamples() {}

  static VrrpSnapshot snapshot() {
    VrrpSnapshot plain = Samples.three();
    RouterSnapshot alone =
        with(
            Samples.master(),
            new Tracking(
                List.of(
                    tracked(TrackKind.SCRIPT, "chk", 10, false),
                    tracked(TrackKind.PROCESS, "web", 9, true),
                    tracked(TrackKind.INTERFACE, "eth1", 0, false),
                    tracked(TrackKind.FILE, "down", 4, false),
                    tracked(TrackKind.SCRIPT, "gone", -20, true)),
                true,
                false),
            told(),
            new RouterSnapshot.Priority(254, 267),
            RouterSnapshot.Troubles.NONE);
    RouterSnapshot first =
        with(
            Samples.backup(),
            new Tracking(List.of(tracked(TrackKind.INTERFACE, "eth0", 5, false)), false, false),
            Notifications.NONE,
            new RouterSnapshot.Priority(97, 97),
            new RouterSnapshot.Troubles(Set.of(), 2, 1, true));
    RouterSnapshot second =
        with(
            Samples.faulty(),
            Tracking.PRIMARY_LINK,
            Notifications.NONE,
            new RouterSnapshot.Priority(100, 100),
            new RouterSnapshot.Troubles(Set.of(Fault.LINK_DOWN), 0, 0, true));
    List<RouterSnapshot> routers = List.of(alone, first, second);
    Configuration configuration = configuration(plain.configuration(), routers);
    return new VrrpSnapshot(
        plain.moment(),
        configuration,
        routers,
        List.of(new GroupSnapshot(configuration.groups().get(0), State.FAULT)),
        trackerStatus(),
        plain.strays(),
        plain.machine());
  }

  /** The same where {@code json_version 2} is configured. */
  static VrrpSnapshot secondJson() {
    VrrpSnapshot first = snapshot();
    Configuration was = first.configuration();
    Reporting told = was.reporting();
    Configuration configuration =
        new Configuration(
            was.globals(),
            was.instances(),
            was.groups(),
            was.trackers(),
            was.links(),
            new Reporting(
                told.all(),
                told.vrrp(),
                told.lvs(),
                told.statesOnReload(),
                told.mail(),
                new Dumps(2, Dumps.Files.STANDARD, GlobalDefaults.STANDARD)),
            was.life());
    return new VrrpSnapshot(
        first.moment(),
        configuration,
        first.routers(),
        first.groups(),
        first.trackerStatus(),
        first.strays(),
        first.machine());
  }

  private static Configuration configuration(Configuration plain, List<RouterSnapshot> routers) {
    SyncGroup group =
        new SyncGroup(
            "VG",
            List.of("VI_2", "VI_3"),
            List.of(
                tracked(TrackKind.PROCESS, "web", 0, false),
                tracked(TrackKind.INTERFACE, "eth0", -3, true),
                tracked(TrackKind.SCRIPT, "chk", 7, false),
                tracked(TrackKind.FILE, "down", 1, false)),
            told());
    return new Configuration(
        plain.globals(),
        routers.stream().map(RouterSnapshot::instance).toList(),
        List.of(group),
        trackers(),
        new LinkWatch(
            Map.of("eth0", new LinkWatch.Delays(SECOND + SECOND / 2, SECOND / 4)),
            Map.of(
                "eth0", LinkWatch.Polling.ANY,
                "blue", LinkWatch.Polling.IOCTL,
                "tun0", LinkWatch.Polling.MII)),
        reporting(),
        LifeScripts.NONE);
  }

  private static Trackers trackers() {
    return new Trackers(
        List.of(
            new ScriptTracker(
                "chk",
                command("root", "/bin/true", "x", "y z"),
                2 * SECOND + SECOND / 2,
                3 * SECOND,
                new Weight(10, false),
                2,
                3,
                false),
            new ScriptTracker(
                "unused", command("root", "/bin/true"), SECOND, SECOND, Weight.FAULT, 1, 1, false),
            new ScriptTracker(
                "gone",
                command("web", "/no/such"),
                SECOND,
                SECOND,
                new Weight(-5, true),
                1,
                1,
                true)),
        List.of(
            new FileTracker("down", "/run/down", new Weight(2, true), Optional.empty()),
            new FileTracker("unused", "/run/unused", Weight.FAULT, Optional.empty())),
        List.of(
            processes("web", List.of("-x", "a b"), ProcessTracker.ParameterMatch.INITIAL),
            processes("unused", List.of("-x"), ProcessTracker.ParameterMatch.NONE)));
  }

  private static ProcessTracker processes(
      String name, List<String> parameters, ProcessTracker.ParameterMatch match) {
    return new ProcessTracker(
        name,
        new ProcessTracker.Match("/bin/" + name, parameters, match, false),
        new Weight(5, true),
        1,
        match == ProcessTracker.ParameterMatch.NONE ? Integer.MAX_VALUE : 4,
        SECOND + SECOND / 2,
        2 * SECOND);
  }

  private static Reporting reporting() {
    return new Reporting(
        Optional.of(new Fifo("/run/all", Optional.of(account("web")), Optional.empty())),
        Optional.of(
            new Fifo(
                "/run/vrrp",
                Optional.of(account("root")),
                Optional.of(command("root", "/bin/cat", "-u")))),
        Optional.of(new Fifo("/run/lvs", Optional.empty(), Optional.empty())),
        true,
        Optional.of(
            new MailSettings(
                List.of("a@b.c", "d@e.f"),
                "k@b.c",
                new MailSettings.Server(
                    "192.0.2.1",
                    25,
                    "node-a",
                    30 * SECOND,
                    MailSettings.Security.NONE,
                    Optional.empty()),
                false)));
  }

  private static Notifications told() {
    return new Notifications(
        Map.of(
            Occasion.ANY, command("root", "/bin/true", "any"),
            Occasion.MASTER, command("root", "/bin/true", "a", "b c"),
            Occasion.BACKUP, command("web", "/opt/b"),
            Occasion.FAULT, command("root", "/bin/f"),
            Occasion.STOP, command("root", "/bin/s"),
            Occasion.DELETED, command("root", "/bin/d"),
            Occasion.MASTER_RX_LOWER_PRI, command("root", "/bin/rx")),
        true,
        true,
        true);
  }

  private static TrackerStatus trackerStatus() {
    return new TrackerStatus(
        Map.of(
            "chk",
            new TrackerStatus.Script(
                4,
                true,
                true,
                TrackerStatus.Activity.RUNNING,
                Optional.empty(),
                3,
                ScriptRuns.Look.NONE),
            "gone",
            new TrackerStatus.Script(
                0,
                false,
                false,
                TrackerStatus.Activity.IDLE,
                Optional.of("/no/such: no such file"),
                0,
                ScriptRuns.Look.NONE)),
        Map.of("down", -3L),
        Map.of("web", new TrackerStatus.Processes(5, false, true, false)),
        Map.of(
            "eth0", LinkWatch.Polling.ETHTOOL,
            "blue", LinkWatch.Polling.IOCTL,
            "tun0", LinkWatch.Polling.MII),
        Map.of("eth0", true, "blue", false, "tun0", false));
  }

  private static RouterSnapshot with(
      RouterSnapshot plain,
      Tracking tracking,
      Notifications notifications,
      RouterSnapshot.Priority priority,
      RouterSnapshot.Troubles troubles) {
    return new RouterSnapshot(
        plain.instance().tracking(tracking).notifications(notifications),
        plain.state(),
        priority,
        plain.source(),
        plain.master(),
        troubles,
        new RouterSnapshot.Times(OptionalLong.empty(), OptionalLong.empty(), 3 * SECOND),
        new Statistics());
  }

  /** A link of the snapshot, up; changes of it are delayed. */
  static LinkState eth0() {
    return snapshot().machine().links().get(1);
  }

  /** The same link after its cable was cut. */
  static LinkState down(LinkState link) {
    return link.withRunning(false);
  }

  private static Tracked tracked(TrackKind kind, String name, int weight, boolean reversed) {
    return new Tracked(new TrackTarget(kind, name), new Weight(weight, reversed));
  }

  private static Command command(String user, String... words) {
    return new Command(List.of(words), account(user), false);
  }

  private static Account account(String user) {
    return new Account(user, user.equals("web") ? Optional.of("www") : Optional.empty(), false);
  }
}
