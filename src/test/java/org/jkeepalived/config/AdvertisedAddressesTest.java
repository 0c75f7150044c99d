package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jkeepalived.model.VrrpInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** More addresses than an advertisement has room for; the numbers are keepalived 2.2.7's. */
final class AdvertisedAddressesTest {

  private static final int THERE = 300;

  private static LoadedConfiguration read(int family, int mtu, String line) {
    String addresses =
        IntStream.range(0, THERE)
            .mapToObj(
                i ->
                    family == 4
                        ? "10.50." + i / 250 + "." + (i % 250 + 1) + "/32"
                        : "fe80::1:" + (i + 1) + "/64")
            .collect(Collectors.joining("\n"));
    String text =
        "vrrp_instance A {\ninterface e0\nvirtual_router_id 10\n"
            + line
            + "\nvirtual_ipaddress {\n"
            + addresses
            + "\n}\nvirtual_ipaddress_excluded {\n10.60.0.1/32\n}\n}\n";
    return Reading.of(
        "k",
        Map.of("k", text, "/sys/class/net/e0/mtu", mtu + "\n"),
        Optional.empty(),
        Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "4, 1500, ''            , 255",
    "4,  576, ''            , 131",
    "4,  576, version 3     , 133",
    "4,  576, PASS          , 131",
    "4,  576, AH            , 125",
    "6, 1500, ''            , 89",
    "6, 1280, ''            , 76",
    "6,  576, ''            , 32"
  })
  void restIsHeldAndNotAdvertised(int family, int mtu, String line, int most) {
    String said =
        line.equals("PASS") || line.equals("AH")
            ? "authentication {\nauth_type " + line + "\nauth_pass x\n}"
            : line;
    LoadedConfiguration loaded = read(family, mtu, said);
    VrrpInstance.Addresses addresses = loaded.configuration().instances().get(0).addresses();

    assertEquals(most, addresses.advertised().size());
    assertEquals(THERE - most + 1, addresses.excluded().size());
    assertEquals(THERE + 1, addresses.all().stream().distinct().count());
    List<String> told = loaded.diagnostics().stream().map(PlainRenderer::render).toList();
    assertTrue(
        told.contains(
            "(A) Number of VIPs (300) exceeds maximum/space available in packet (max "
                + most
                + " addresses) - excess moved to eVIPs"),
        told::toString);
  }

  /** Of a link that is not there, and of one that carries more than a byte counts. */
  @ParameterizedTest
  @CsvSource({"4, 65536, 255", "6, 9000, 255", "6, 0, 89"})
  void isNeverMoreThanTheProtocolCounts(int family, int mtu, int most) {
    assertEquals(
        most,
        read(family, mtu, "").configuration().instances().get(0).addresses().advertised().size());
  }
}
