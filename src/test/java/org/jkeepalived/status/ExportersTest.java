package org.jkeepalived.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.script.CommandFacts;
import org.jkeepalived.time.LocalClock;
import org.junit.jupiter.api.Test;

/** Both public exporters read what keepalived writes, and so they read what we write. */
class ExportersTest {

  private static final ReportContext CONTEXT =
      new ReportContext(LocalClock.of(ZoneId.of("UTC")), Optional.empty(), CommandFacts.NONE);

  private static String data(Snapshot snapshot) {
    StringBuilder text = new StringBuilder();
    snapshot.data(CONTEXT, line -> text.append(line).append('\n'));
    return text.toString();
  }

  private static String statistics(Snapshot snapshot) {
    StringBuilder text = new StringBuilder();
    snapshot.statistics(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private static String json(Snapshot snapshot) {
    StringBuilder text = new StringBuilder();
    snapshot.json(CONTEXT, text::append);
    return text.toString();
  }

  @Test
  void oneGoesByNames() {
    assertEquals(
        Map.of(
            "VI_1",
            new ExporterTexts.Instance(
                "VI_1",
                2,
                2,
                "eth0",
                51,
                5,
                List.of("192.168.32.200/16 eth0", "192.168.32.201 eth0")),
            "VI_2",
            // its third word is not always the interface
            new ExporterTexts.Instance("VI_2", 1, 1, "eth0", 52, 5, List.of("10.2.0.2 10.2.0.255")),
            "VI_3",
            new ExporterTexts.Instance("VI_3", 3, 3, "nosuch0", 53, 5, List.of())),
        ExporterTexts.mehdyData(data(Samples.three())));
    assertEquals(
        Map.of("chk", "GOOD running", "gone", "BAD idle"),
        ExporterTexts.mehdyScripts(data(TrackingSamples.snapshot())));
  }

  /** With groups, scripts and all that is tracked behind the instances. */
  @Test
  void allInstancesAreFoundAmongEverythingElse() {
    String text = data(TrackingSamples.snapshot());
    assertEquals(
        List.of("VI_1", "VI_2", "VI_3"), List.copyOf(ExporterTexts.mehdyData(text).keySet()));
    String counted = statistics(TrackingSamples.snapshot());
    assertEquals(
        List.of("VI_1", "VI_2", "VI_3"),
        List.copyOf(ExporterTexts.mehdyStatistics(counted).keySet()));
    assertEquals(
        List.of("VI_1", "VI_2", "VI_3"),
        ExporterTexts.gen2brainData(text).stream().map(ExporterTexts.Instance::name).toList());
  }

  @Test
  void whatIsCountedIsTakenForWhatItIs() {
    Map<String, Map<String, Integer>> counted =
        ExporterTexts.mehdyStatistics(statistics(Samples.three()));
    Map<String, Integer> master = counted.get("VI_1");
    assertEquals(14, master.size(), master.toString());
    assertEquals(2, master.get("Advertisements/Sent"));
    assertEquals(1, master.get("Became master"));
    assertEquals(1, master.get("Packet Errors/TTL"));
    assertEquals(2, master.get("Packet Errors/Address List"));
    assertEquals(10, master.values().stream().filter(count -> count == 0).count(), "all others");
    assertEquals(0, counted.get("VI_3").values().stream().mapToInt(each -> each).sum());
  }

  /** It goes by the order of instances, and sees of each what stands before the flags. */
  @Test
  void theOtherGoesByTheirOrder() {
    List<ExporterTexts.Instance> found = ExporterTexts.gen2brainData(data(Samples.three()));
    assertEquals(
        List.of("VI_1 2", "VI_2 1", "VI_3 3"),
        found.stream().map(each -> each.name() + " " + each.state()).toList());
  }

  @Test
  void bothReadTheJson() {
    List<ExporterJson.Instance> found = ExporterJson.read(json(Samples.three()));
    assertEquals(List.of("VI_1", "VI_2", "VI_3"), found.stream().map(each -> each.name()).toList());
    ExporterJson.Instance master = found.get(0);
    assertEquals("eth0", master.link());
    assertEquals(List.of("192.168.32.200/16 eth0", "192.168.32.201 eth0"), master.vips());
    assertEquals(51, master.numbers().get("vrid"));
    assertEquals(2, master.numbers().get("state"));
    assertEquals(2, master.numbers().get("advert_sent"));
    assertEquals(1, master.numbers().get("ip_ttl_err"));
  }

  /** The readers refuse what the exporters would, or this would show nothing. */
  @Test
  void theReadersRefuseWhatExportersRefuse() {
    String good = data(Samples.three());
    assertThrows(
        ExporterTexts.Refused.class,
        () -> ExporterTexts.mehdyData(good.replace("State = FAULT", "State = MAINTENANCE")));
    assertThrows(
        ExporterTexts.Refused.class,
        () ->
            ExporterTexts.mehdyStatistics(
                statistics(Samples.three()).replace("Sent: 2", "Sent: many")));
    assertThrows(
        ClassCastException.class,
        () -> ExporterJson.read(json(Samples.three()).replace("\"vrid\":51", "\"vrid\":\"51\"")));
  }
}
