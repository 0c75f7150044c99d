package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.config.RoutingLines;
import org.jkeepalived.link.TestLinks;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.GlobalDefinitions;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.routing.Routing;
import org.jkeepalived.model.routing.StaticNetwork;
import org.jkeepalived.vrrp.TestMachine.Seen;
import org.junit.jupiter.api.Test;

/** Routes and rules of virtual routers, and the static ones beside them. */
class RoutingTest {

  private static final String ROUTE = "10.1.0.0/16";
  private static final String RULE =
      "rule from 10.1.0.0/16 priority 9 tos 0x0 protocol 18 lookup 7";
  private static final String STATIC = "10.9.0.0/16";

  private static VrrpInstance instance(String... routes) {
    VrrpInstance bare =
        TestInstance.of("name=A", "priority=255", "state=MASTER", "addresses=10.0.0.51");
    return bare.addresses(
        bare.addresses()
            .routing(
                new Routing(
                    List.of(routes).stream().map(RoutingLines::route).toList(),
                    List.of(RoutingLines.rule("from 10.1.0.0/16 table 7 priority 9")))));
  }

  private static RoutersRig rig(VrrpInstance instance, StaticNetwork statics) {
    RoutersRig rig = RoutersRig.withOpenPorts(configuration(instance, statics));
    rig.bring(1, "eth0", "10.0.0.1");
    rig.routers().links().resynchronised();
    rig.routers().addStatics();
    rig.routers().start();
    return rig;
  }

  private static Configuration configuration(VrrpInstance instance, StaticNetwork statics) {
    return new Configuration(
            new GlobalDefinitions("test", Optional.empty(), Optional.empty(), false, 0, 0, false),
            List.of(instance))
        .statics(statics);
  }

  private static List<String> kernel(RoutersRig rig) {
    return rig.machine().drain(Seen.KERNEL);
  }

  @Test
  void theyComeAfterTheAddressesAndGoBeforeThem() {
    RoutersRig rig = rig(instance(ROUTE + " dev eth0"), StaticNetwork.NONE);
    assertEquals(List.of("+10.0.0.51", "+" + ROUTE, "+" + RULE), kernel(rig));

    rig.routers().stop(true);
    assertEquals(List.of("-" + RULE, "-" + ROUTE, "-10.0.0.51"), kernel(rig));
  }

  @Test
  void oneThatIsRefusedCostsNoMasterAndIsAskedForAgain() {
    RoutersRig rig =
        RoutersRig.withOpenPorts(configuration(instance(ROUTE + " dev eth0"), StaticNetwork.NONE));
    rig.machine().refuse(ROUTE);
    rig.bring(1, "eth0", "10.0.0.1");
    rig.routers().links().resynchronised();
    rig.routers().start();
    assertEquals(State.MASTER, rig.state("A"));
    rig.routers().settleRouting();
    kernel(rig);

    rig.routers().settleRouting();
    assertEquals(List.of(), kernel(rig), "nothing has changed");
    rig.machine().accept(ROUTE);
    rig.routers().links().addressAdded(TestLinks.address(1, "10.0.0.9"));
    rig.routers().settleRouting();
    assertEquals(List.of("+10.0.0.51", "+" + ROUTE, "+" + RULE), kernel(rig));
    rig.routers().links().addressAdded(TestLinks.address(1, "10.0.0.10"));
    rig.routers().settleRouting();
    assertEquals(List.of(), kernel(rig), "nothing is missing any more");
  }

  @Test
  void oneThatSomebodyRemovesIsPutBackAndNothingIsAnnounced() {
    RoutersRig rig =
        rig(instance(ROUTE + " dev eth0", "10.2.0.0/16 dev eth0 no_track"), StaticNetwork.NONE);
    rig.machine().lose("10.0.0.51");
    assertEquals(List.of("A"), rig.machine().drain(Seen.ANNOUNCED), "of an address they are");

    rig.machine().lose("10.2.0.0/16");
    assertEquals(List.of(), rig.machine().seen(Seen.KERNEL));
    rig.machine().lose(ROUTE);
    assertTrue(rig.machine().seen(Seen.KERNEL).contains("+" + ROUTE));
    assertEquals(List.of(), rig.machine().seen(Seen.ANNOUNCED));
    assertEquals(State.MASTER, rig.state("A"));
  }

  @Test
  void theLinkOfATrackedRouteIsAFault() {
    RoutersRig rig = rig(instance(ROUTE + " dev eth1"), StaticNetwork.NONE);
    assertEquals(Set.of(Fault.TRACKED), rig.faults("A"));

    rig.bring(2, "eth1", "10.0.1.1");
    assertEquals(Set.of(), rig.faults("A"));
    assertEquals(State.MASTER, rig.state("A"));
    rig.carrier(2, "eth1", false);
    assertEquals(Set.of(Fault.TRACKED), rig.faults("A"));
  }

  @Test
  void theLinkOfAnUntrackedRouteIsNone() {
    RoutersRig rig = rig(instance(ROUTE + " dev eth1 no_track"), StaticNetwork.NONE);
    assertEquals(State.MASTER, rig.state("A"));
  }

  @Test
  void aReloadMovesOnlyWhatDiffersAndAnnouncesNothing() {
    RoutersRig rig = rig(instance(ROUTE + " dev eth0", "10.2.0.0/16 dev eth0"), StaticNetwork.NONE);
    rig.machine().lose("10.0.0.51");
    assertEquals(List.of("A"), rig.machine().drain(Seen.ANNOUNCED));
    rig.reload(
        configuration(
            instance("10.2.0.0/16 dev eth0", "10.3.0.0/16 dev eth0"), StaticNetwork.NONE));

    assertEquals(
        List.of("-" + ROUTE, "+10.0.0.51", "+10.2.0.0/16", "+10.3.0.0/16", "+" + RULE),
        rig.machine().seen(Seen.KERNEL));
    assertEquals(List.of(), rig.machine().seen(Seen.ANNOUNCED));
  }

  // ---- static ones ----

  private static StaticNetwork statics(String... routes) {
    return RoutingLines.statics(
        "track_group G {\ngroup {\nA\n}\n}",
        "static_routes {\n" + String.join("\n", routes) + "\n}",
        "vrrp_instance A {\ninterface eth0\nvirtual_router_id 51\nvirtual_ipaddress {\n10.0.0.51\n}\n}");
  }

  @Test
  void staticOnesAreThereBeforeVirtualRoutersAndUntilTheEnd() {
    RoutersRig rig = rig(instance(), statics(STATIC + " dev eth0"));
    assertEquals(List.of("+" + STATIC, "+10.0.0.51", "+" + RULE), kernel(rig));
    rig.machine().lose(STATIC);
    assertEquals(List.of("+" + STATIC), kernel(rig));

    rig.reload(configuration(instance(), statics("10.8.0.0/16 dev eth0", STATIC + " dev eth0")));
    assertEquals(List.of("+10.8.0.0/16"), kernel(rig));
    rig.reload(configuration(instance(), statics("10.8.0.0/16 dev eth0")));
    assertEquals(List.of("-" + STATIC), kernel(rig));
    rig.routers().stop(true);
    assertEquals(List.of("-" + RULE, "-10.0.0.51", "-10.8.0.0/16"), kernel(rig));
  }

  @Test
  void oneThatCannotBeThereIsAFaultOfItsTrackGroup() {
    RoutersRig rig = rig(instance(), statics(STATIC + " via 10.0.0.7 dev eth0 track_group G"));
    assertEquals(State.MASTER, rig.state("A"));

    rig.machine().refuse(STATIC);
    rig.machine().lose(STATIC);
    assertEquals(Set.of(Fault.STATIC_OBJECT), rig.faults("A"));
    rig.machine().accept(STATIC);
    rig.routers().links().addressAdded(TestLinks.address(1, "10.0.0.9"));
    rig.routers().settleRouting();
    assertEquals(Set.of(), rig.faults("A"));
  }

  @Test
  void oneThatIsRefusedWithoutATrackGroupIsNobodysFault() {
    RoutersRig rig = rig(instance(), statics(STATIC + " dev eth0"));
    rig.machine().refuse(STATIC);
    rig.machine().lose(STATIC);
    assertEquals(State.MASTER, rig.state("A"));
  }
}
