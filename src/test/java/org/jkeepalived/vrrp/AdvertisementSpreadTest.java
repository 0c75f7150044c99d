package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.VrrpInstance;
import org.junit.jupiter.api.Test;

/** When those that became master together send their second advertisement, and those after it. */
class AdvertisementSpreadTest {

  private static final double SECOND_NANOS = 1e9;
  private static final int MANY = AdvertisementSpread.MANY;
  private static final int PLACES = MANY / AdvertisementSpread.TOGETHER;

  @Test
  void manyShareTheInterval() {
    RoutersRig rig = mastersTogether(configuration(MANY, List.of()));
    List<Double> places =
        IntStream.range(0, MANY)
            .mapToObj(at -> 1 - (double) (at * PLACES / MANY) / PLACES)
            .sorted()
            .toList();
    assertEquals(places, dueInSeconds(rig).sorted().boxed().toList());
  }

  @Test
  void tooManyShareThePlaces() {
    int each = 2 * AdvertisementSpread.TOGETHER;
    RoutersRig rig =
        mastersTogether(configuration(each * AdvertisementSpread.MOST_PLACES, List.of()));
    Map<Double, Long> places =
        dueInSeconds(rig)
            .boxed()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertEquals(AdvertisementSpread.MOST_PLACES, places.size());
    assertEquals(Set.of((long) each), Set.copyOf(places.values()));
  }

  @Test
  void keepTheirBeat() {
    RoutersRig rig = mastersTogether(configuration(MANY, List.of()));
    double[] before = dueInSeconds(rig).toArray();
    rig.advance(1); // each has sent its second one, or the third, too
    assertTrue(dueInSeconds(rig).allMatch(due -> due > 0 && due <= 1));
    rig.advance(1);
    assertEquals(
        Arrays.stream(before).sorted().boxed().toList(),
        dueInSeconds(rig).sorted().boxed().toList());
  }

  /** All who return to their places meet the masters that stood in for them. */
  @Test
  void whoAnswersALowerMasterKeepsItsPlace() {
    RoutersRig rig = mastersTogether(configuration(MANY, List.of()));
    List<Double> before = dueInSeconds(rig).boxed().toList();
    for (RunningRouter running : rig.routers().all()) {
      VrrpInstance instance = running.router().instance();
      rig.receive(1, instance, 50);
      rig.receive(1, instance, 0);
      assertTrue(
          running.lastSentNanos().isPresent()
              && running.router().statistics().get(Counter.ADVERTISEMENTS_SENT) == 3);
    }
    assertEquals(before, dueInSeconds(rig).boxed().toList());
  }

  @Test
  void fewKeepWholeIntervals() {
    RoutersRig rig = mastersTogether(configuration(MANY - 1, List.of()));
    assertTrue(dueInSeconds(rig).allMatch(due -> due == 1));
  }

  @Test
  void membersOfOneGroupAreOne() {
    SyncGroup group = TestConfiguration.group("VG", List.of(), "I1", "I2");
    RoutersRig one = mastersTogether(configuration(MANY, List.of(group)));
    assertTrue(dueInSeconds(one).allMatch(due -> due == 1), "fewer than there must be");

    RoutersRig rig = mastersTogether(configuration(MANY + 1, List.of(group)));
    assertEquals(PLACES, dueInSeconds(rig).distinct().count());
    assertEquals(due(rig, "I1"), due(rig, "I2"));
  }

  @Test
  void reloadCountsAnew() {
    RoutersRig rig = mastersTogether(configuration(MANY - 1, List.of()));
    rig.reload(configuration(MANY, List.of()));
    rig.fireTimersUntil(State.MASTER);
    assertEquals(1.0 / PLACES, due(rig, "I" + (MANY - 1)), 1e-9);
  }

  private static RoutersRig mastersTogether(Configuration configuration) {
    RoutersRig rig = RoutersRig.withOpenPorts(configuration);
    for (int link = 0; link < 4; link++) {
      rig.bring(link + 1, "eth" + link, "10.0." + link + ".1");
    }
    rig.routers().start();
    rig.fireTimersUntil(State.MASTER);
    assertTrue(rig.states().values().stream().allMatch(State.MASTER::equals));
    return rig;
  }

  private static DoubleStream dueInSeconds(RoutersRig rig) {
    return rig.states().keySet().stream().mapToDouble(name -> due(rig, name));
  }

  private static double due(RoutersRig rig, String name) {
    return (rig.running(name).protocolDeadlineNanos().orElseThrow() - rig.machine().nowNanos())
        / SECOND_NANOS;
  }

  private static Configuration configuration(int size, List<SyncGroup> groups) {
    VrrpInstance[] instances =
        IntStream.range(0, size)
            .mapToObj(
                at ->
                    TestInstance.of(
                        "name=I" + at,
                        "vrid=" + (at % 255 + 1),
                        "interface=eth" + at / 255,
                        "addresses=10.1." + at / 250 + "." + at % 250))
            .toArray(VrrpInstance[]::new);
    return TestConfiguration.with(instances).groups(groups).done();
  }
}
