package org.jkeepalived.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.config.Reading;
import org.jkeepalived.lvs.ServiceSnapshot;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.Weight;
import org.jkeepalived.script.CommandFacts;
import org.jkeepalived.time.LocalClock;
import org.jkeepalived.track.Condition;
import org.jkeepalived.track.TrackedLook;
import org.junit.jupiter.api.Test;

/** What a person reads, and what programs do. */
final class OverviewTest {

  private static final OverviewStyle PLAIN = new OverviewStyle(false, Optional.empty());

  private static RouterSnapshot because(
      RouterSnapshot plain, RouterSnapshot.Priority priority, String cause, TrackedLook... looks) {
    return new RouterSnapshot(
        plain.instance(),
        plain.state(),
        priority,
        plain.source(),
        plain.master(),
        plain.troubles(),
        plain.times(),
        plain.statistics(),
        new RouterSnapshot.Reasons(cause, Optional.empty(), List.of(looks)));
  }

  private static TrackedLook look(TrackTarget target, Condition condition, int added) {
    return new TrackedLook(
        new Tracked(target, new Weight(added, false)), Optional.of(condition), added, false);
  }

  private static VrrpSnapshot vrrp() {
    return Samples.snapshot(
        List.of(
            because(
                Samples.master(),
                new RouterSnapshot.Priority(255, 255),
                "we own the addresses (priority 255)"),
            because(
                Samples.backup(),
                new RouterSnapshot.Priority(100, 100),
                "192.168.32.130 advertises priority 100",
                look(TrackTarget.script("chk"), Condition.UP, 20),
                look(TrackTarget.file("load"), Condition.of(10), -10),
                new TrackedLook(
                    new Tracked(TrackTarget.process("httpd"), Weight.FAULT),
                    Optional.empty(),
                    0,
                    false)),
            because(
                Samples.faulty(),
                new RouterSnapshot.Priority(100, 100),
                "interface nosuch0 does not exist, waiting for it",
                new TrackedLook(
                    new Tracked(TrackTarget.link("eth7"), Weight.FAULT),
                    Optional.of(Condition.DOWN),
                    0,
                    true))));
  }

  private static String text(Snapshot snapshot, OverviewStyle style) {
    List<String> lines = new ArrayList<>();
    snapshot.overview(
        new ReportContext(LocalClock.of(ZoneId.of("UTC")), Optional.empty(), CommandFacts.NONE),
        style,
        lines::add);
    return String.join("\n", lines) + "\n";
  }

  private static String json(Snapshot snapshot) {
    StringBuilder text = new StringBuilder();
    snapshot.overviewJson(text::append);
    return text.toString();
  }

  @Test
  void virtualRoutersAreTold() {
    assertEquals(
        """
        INSTANCE  STATE   SINCE            FOR  PRIORITY  MASTER                WHY
        VI_1      MASTER  Nov 22 18:58:19  4 s  255       this machine          we own the addresses (priority 255)
        VI_2      BACKUP  Nov 22 18:58:19  4 s  100       192.168.32.130 (100)  192.168.32.130 advertises priority 100
        VI_3      FAULT   Nov 22 18:58:19  4 s  100       -                     interface nosuch0 does not exist, waiting for it

        VI_1: VRID 51 on eth0 from 192.168.32.129, version 2, every 2 s
          priority 255 (owner of the addresses)
          address 192.168.32.200/16 dev eth0 scope global: held
          address 192.168.32.201 dev eth0 scope global: MISSING, although this machine is master
          address 192.168.78.1 dev eth0 scope global: held

        VI_2: VRID 52 on eth0 from 192.168.32.131, version 3, every 0.25 s
          priority 100 = 90 + 20 (script chk) - 10 (file load)
          address 10.2.0.2 brd 10.2.0.255 dev eth1 scope link label eth1:x peer 10.2.0.3/32 noprefixroute no_track: not here
          script chk: up, +20 to the priority
          file load: says 10, -10 to the priority
          process httpd: not known yet

        VI_3: VRID 53 on nosuch0, version 3, every 1 s
          priority 100
          interface eth7: down, a fault
        """,
        text(vrrp(), PLAIN));
  }

  @Test
  void routesAndRulesOfAMasterAreTold() {
    RouterSnapshot plain = Samples.faulty();
    RouterSnapshot routed =
        new RouterSnapshot(
            Reading.of(
                    "k",
                    "vrrp_instance R {\ninterface e0\nvirtual_router_id 1\nvirtual_ipaddress {\n10.0.0.1\n}\n"
                        + "virtual_routes {\n10.1.0.0/16 via 10.0.0.254 dev e0\n}\n"
                        + "virtual_rules {\nfrom 10.0.0.1 table 5\n}\n}\n")
                .configuration()
                .instances()
                .get(0),
            plain.state(),
            plain.priority(),
            plain.source(),
            plain.master(),
            plain.troubles(),
            plain.times(),
            plain.statistics(),
            plain.reasons());
    String text = text(Samples.snapshot(List.of(routed)), PLAIN);
    assertTrue(
        text.contains("\n  route while master: prepend 10.1.0.0/16 via inet 10.0.0.254 dev e0"),
        text);
    assertTrue(text.contains("\n  rule while master: from 10.0.0.1 priority"), text);
  }

  @Test
  void maintenanceIsToldWhereverOneLooks() {
    String said = "maintenance until Nov 30 11:00:00, asked for by user 0 (process 7)";
    RouterSnapshot plain = Samples.faulty();
    VrrpSnapshot snapshot =
        Samples.snapshot(
            List.of(
                new RouterSnapshot(
                    plain.instance(),
                    plain.state(),
                    plain.priority(),
                    plain.source(),
                    plain.master(),
                    plain.troubles(),
                    plain.times(),
                    plain.statistics(),
                    new RouterSnapshot.Reasons("it is out", Optional.of(said), List.of()))));
    String text = text(snapshot, PLAIN);
    assertTrue(text.contains("every 1 s\n  " + said + "\n  priority 100\n"), text);
    String json = json(snapshot);
    assertTrue(json.contains(",\"maintenance\":\"" + said + "\","), json);
    List<String> dump = new ArrayList<>();
    snapshot.data(
        new ReportContext(LocalClock.of(ZoneId.of("UTC")), Optional.empty(), CommandFacts.NONE),
        dump::add);
    assertTrue(dump.contains("   Maintenance = " + said), dump::toString);
    assertFalse(text(vrrp(), PLAIN).contains("maintenance"));
  }

  @Test
  void oneIsToldAlone() {
    String one = text(vrrp(), new OverviewStyle(false, Optional.of("VI_2")));
    assertTrue(one.contains("VI_2: VRID 52"), one);
    assertFalse(one.contains("VI_1"), one);
    assertEquals(List.of("VI_2"), vrrp().meant("VI_2"));
    assertEquals(List.of(), vrrp().meant("VI_9"));
  }

  @Test
  void virtualServersAreTold() {
    assertEquals(
        """
        VIRTUAL SERVER     STATE      SINCE            FOR  WEIGHT  QUORUM  ALIVE
        [10.0.0.1]:tcp:80  suspended  Nov 22 18:58:22  1 s  3       4       1 of 2

        [10.0.0.1]:tcp:80:
          the kernel refused: no such scheduler (2)
          REAL SERVER         STATE  FOR  WEIGHT  CHECKS
          [10.0.0.11]:tcp:80  alive  -    3       TCP_CHECK ok (1 s ago, took 0.00125 s)
          [10.0.0.12]:tcp:80  down   1 s  7       HTTP_GET down: HTTP status 503, wanted "200" (1 s ago, took 0.02 s); MISC_CHECK not run yet
          sorry server [10.0.0.9]:tcp:80: serves
        """,
        text(LvsSamples.eventful(), PLAIN));
  }

  /** Its servers may be well all they like: nobody is served where the kernel has no service. */
  @Test
  void aRefusedVirtualServerIsNotUp() {
    assertEquals("refused", state(true, false, Optional.of("no IPVS")));
    assertEquals("up", state(true, false, Optional.empty()));
    assertEquals("down", state(false, false, Optional.of("no IPVS")));
    assertEquals("suspended", state(true, true, Optional.of("no IPVS")));
  }

  private static String state(boolean quorum, boolean suspended, Optional<String> refusal) {
    ServiceSnapshot one = LvsSamples.eventful().services().get(0);
    return LvsOverview.state(
            new ServiceSnapshot(
                one.configured(),
                new ServiceSnapshot.QuorumLook(quorum, 3, OptionalLong.empty(), 1, 2),
                suspended,
                false,
                new ServiceSnapshot.Entry(OptionalLong.empty(), refusal),
                one.servers()))
        .text();
  }

  /** Colours stand around words, and move no column. */
  @Test
  void coloursChangeNoText() {
    String coloured = text(vrrp(), new OverviewStyle(true, Optional.empty()));
    assertTrue(coloured.contains("\033[32mMASTER\033[0m"), coloured);
    assertTrue(coloured.contains("\033[31;1mFAULT\033[0m"), coloured);
    assertEquals(text(vrrp(), PLAIN), coloured.replaceAll("\033\\[[0-9;]*m", ""));
  }

  @Test
  void programsAreToldTheSame() {
    assertEquals(
        """
        "vrrp":{"instances":[{"name":"VI_1","state":"MASTER","cause":"we own the addresses (priority 255)","since":1795373899.500000,\
        "interface":"eth0","virtual_router_id":51,"version":2,"advert_interval":2,"priority":255,"configured_priority":255,"source":"192.168.32.129","faults":[],\
        "tracked":[],\
        "addresses":[{"address":"192.168.32.200","prefix_length":16,\
        "interface":"eth0","there":true},\
        {"address":"192.168.32.201","prefix_length":32,\
        "interface":"eth0","there":false},\
        {"address":"192.168.78.1","prefix_length":32,\
        "interface":"eth0","there":true}]},\
        {"name":"VI_2","state":"BACKUP","cause":"192.168.32.130 advertises priority 100","since":1795373899.500000,\
        "interface":"eth0","virtual_router_id":52,"version":3,"advert_interval":0.25,"priority":100,"configured_priority":90,"source":"192.168.32.131","master":{"address":"192.168.32.130","priority":100},"faults":[],\
        "tracked":[{"kind":"script","name":"chk","known":true,"up":true,"number":0,"added":20,"fault":false},\
        {"kind":"file","name":"load","known":true,"number":10,"added":-10,"fault":false},\
        {"kind":"process","name":"httpd","known":false,"added":0,"fault":false}],\
        "addresses":[{"address":"10.2.0.2","prefix_length":32,\
        "interface":"eth1","there":false}]},\
        {"name":"VI_3","state":"FAULT","cause":"interface nosuch0 does not exist, waiting for it","since":1795373899.500000,\
        "interface":"nosuch0","virtual_router_id":53,"version":3,"advert_interval":1,"priority":100,"configured_priority":100,"faults":["INTERFACE_MISSING"],\
        "tracked":[{"kind":"interface","name":"eth7","known":true,"up":false,"number":0,"added":0,"fault":true}],\
        "addresses":[]}],\
        "sync_groups":[],\
        "scripts":[],\
        "transitions":[]}\
        """,
        json(vrrp()));
  }

  @Test
  void programsAreToldOfOneAlone() {
    String json = json(vrrp().only("VI_2"));
    assertTrue(json.startsWith("\"vrrp\":{\"instances\":[{\"name\":\"VI_2\","), json);
    assertFalse(json.contains("VI_1") || json.contains("VI_3"), json);
    assertTrue(json(vrrp().only("VI_9")).contains("{\"instances\":[],"));

    LvsSnapshot servers = LvsSamples.eventful();
    assertEquals(json(servers), json(servers.only("[10.0.0.1]:tcp:80")));
    assertEquals("\"virtual_servers\":[]", json(servers.only("VI_2")));
  }

  @Test
  void programsAreToldOfVirtualServers() {
    String json = json(LvsSamples.eventful());
    assertTrue(json.startsWith("\"virtual_servers\":[{\"service\":"), json);
    assertTrue(json.endsWith("]"), json);
  }

  @Test
  void spansHaveTheirTwoGreatestUnits() {
    long second = 1_000_000_000L;
    assertEquals("0 s", SinceText.age(-5));
    assertEquals("59 s", SinceText.age(59 * second));
    assertEquals("1 min", SinceText.age(60 * second));
    assertEquals("59 min 59 s", SinceText.age(3599 * second));
    assertEquals("3 h 12 min", SinceText.age((3 * 3600 + 12 * 60 + 5) * second));
    assertEquals("2 d 1 h", SinceText.age((49 * 3600 + 59) * second));
  }
}
