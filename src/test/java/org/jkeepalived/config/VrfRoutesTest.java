package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.model.routing.VrfLookup;
import org.junit.jupiter.api.Test;

/** Routes that name a VRF, in static_routes and in virtual_routes. */
class VrfRoutesTest {

  private static final Map<String, OptionalLong> LINKS =
      Map.of("red", OptionalLong.of(77), "eth0", OptionalLong.empty());

  private static LoadedConfiguration read(String... routes) {
    String lines = String.join("\n", routes) + "\n}\n";
    return Reading.withVrfs(
        "static_routes {\n"
            + lines
            + "vrrp_instance VI_1 {\ninterface eth0\nvirtual_router_id 51\n"
            + "virtual_routes {\n"
            + lines
            + "}\n",
        name -> Optional.ofNullable(LINKS.get(name)).map(VrfLookup.Found::new));
  }

  private static List<Long> tables(LoadedConfiguration read) {
    List<Long> ofStatic =
        read.configuration().statics().routes().stream()
            .map(entry -> entry.object().place().table())
            .toList();
    List<Long> ofInstance =
        read.configuration().instances().get(0).addresses().routing().routes().stream()
            .map(route -> route.place().table())
            .toList();
    assertEquals(ofStatic, ofInstance);
    return ofStatic;
  }

  @Test
  void routeIsInTheTableOfItsVrf() {
    LoadedConfiguration read =
        read(
            "10.1.0.0/24 dev eth0 vrf red",
            "10.2.0.0/24 dev eth0 table 5 vrf red",
            "10.3.0.0/24 dev eth0",
            "fd01::/64 vrf red dev eth0");
    assertEquals(List.of(77L, 77L, 254L, 77L), tables(read));
    assertEquals(
        "prepend 10.1.0.0/24 dev eth0 table 77 proto 18",
        read.configuration().statics().routes().get(0).object().text());
  }

  /** The words of 2.2.7 and 2.3.3. */
  @Test
  void lineWhoseVrfIsNoneIsLeftOut() {
    LoadedConfiguration read =
        read(
            "10.1.0.0/24 dev eth0 vrf red",
            "10.2.0.0/24 dev eth0 vrf blue",
            "10.3.0.0/24 dev eth0 vrf eth0");
    assertEquals(List.of(77L), tables(read));
    List<String> said =
        List.of("VRF blue not found for route", "Route specified VRF eth0 is not a VRF");
    List<String> messages = read.diagnostics().stream().map(Diagnostic::message).toList();
    assertEquals(2, messages.stream().filter(said.get(0)::equals).count(), messages::toString);
    assertEquals(2, messages.stream().filter(said.get(1)::equals).count(), messages::toString);
  }
}
