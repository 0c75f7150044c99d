package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.model.AllowedSenders;
import org.jkeepalived.model.VrrpInstance;
import org.junit.jupiter.api.Test;

/** {@code allow_from}. */
class AllowFromTest {

  private static LoadedConfiguration read(String... lines) {
    return Reading.of(
        "k.conf",
        "jkeepalived {\n"
            + String.join("\n", lines)
            + "\n}\n"
            + instance("A", 51, "")
            + instance("B", 52, "unicast_peer {\n10.0.0.2\n}\n"));
  }

  private static String instance(String name, int vrid, String more) {
    return "vrrp_instance "
        + name
        + " {\ninterface eth0\nvirtual_router_id "
        + vrid
        + "\n"
        + more
        + "virtual_ipaddress {\n10.0.0."
        + vrid
        + "\n}\n}\n";
  }

  /** Each instance's networks, in the file's order. */
  private static List<String> allowed(LoadedConfiguration read) {
    return read.configuration().instances().stream()
        .map(VrrpInstance::conduct)
        .map(VrrpInstance.Conduct::senders)
        .map(AllowedSenders::networks)
        .map(networks -> networks.stream().map(AllowedSenders.Network::text).toList().toString())
        .toList();
  }

  private static List<String> messages(LoadedConfiguration read) {
    return read.diagnostics().stream().map(Diagnostic::message).toList();
  }

  @Test
  void allMaySpeakUnlessSomebodyIsListed() {
    assertEquals(List.of("[]", "[]"), allowed(read()));
    LoadedConfiguration read = read("allow_from {", "10.0.0.2 10.0.0.3", "192.168.7.9/16", "}");
    String listed = "[10.0.0.2/32, 10.0.0.3/32, 192.168.0.0/16]";
    assertEquals(List.of(listed, listed), allowed(read));
    assertTrue(read.isFlawless(), () -> messages(read).toString());
  }

  @Test
  void whatIsSaidOfAnInstanceTakesThePlaceOfWhatIsSaidOfAll() {
    LoadedConfiguration read =
        read(
            "allow_from A {",
            "10.0.0.9",
            "}",
            "allow_from {",
            "10.0.0.2",
            "}",
            "allow_from A {",
            "10.1.0.0/16",
            "}");
    assertEquals(List.of("[10.0.0.9/32, 10.1.0.0/16]", "[10.0.0.2/32]"), allowed(read));
  }

  @Test
  void severalInstancesMayBeNamedAtOnce() {
    assertEquals(
        List.of("[0.0.0.0/0]", "[0.0.0.0/0]"),
        allowed(read("allow_from A B {", "0.0.0.0/0 ::/0", "}")));
  }

  @Test
  void ofTheOtherFamilyNothingFollows() {
    assertEquals(List.of("[]", "[]"), allowed(read("allow_from {", "fe80::/10", "}")));
  }

  @Test
  void slipsAreLeftOut() {
    LoadedConfiguration read =
        read("allow_from {", "10.0.0.2/33 10.0.0.300 somebody 10.0.0.2 10.0.0.0/x", "}");
    assertEquals(List.of("[10.0.0.2/32]", "[10.0.0.2/32]"), allowed(read));
    assertEquals(
        List.of(
            "allow_from '10.0.0.2/33' is no address or network - ignoring",
            "allow_from '10.0.0.300' is no address or network - ignoring",
            "allow_from 'somebody' is no address or network - ignoring",
            "allow_from '10.0.0.0/x' is no address or network - ignoring"),
        messages(read));
  }

  @Test
  void whatListsNobodyOrAnInstanceThatIsNotThereSaysSo() {
    assertEquals(
        List.of(
            "allow_from lists nobody - ignoring",
            "allow_from names vrrp_instance 'C', which is not there"),
        messages(read("allow_from {", "}", "allow_from C {", "10.0.0.2", "}")));
  }

  @Test
  void peerThatWouldNotBeHeardIsNamed() {
    assertEquals(
        List.of("(B) unicast_peer 10.0.0.2 is not heard: allow_from does not list it"),
        messages(read("allow_from {", "10.0.0.3", "}")));
  }
}
