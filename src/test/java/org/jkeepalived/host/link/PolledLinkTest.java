package org.jkeepalived.host.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.linux.LinkProbe.Answer;
import org.jkeepalived.model.LinkWatch.Polling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolledLinkTest {

  private final Map<Polling, Answer> driver = new EnumMap<>(Polling.class);
  private final List<Polling> asked = new ArrayList<>();

  private Optional<Boolean> poll(PolledLink link) {
    asked.clear();
    return link.poll(
        (name, how) -> {
          asked.add(how);
          return driver.getOrDefault(how, Answer.UNSUPPORTED);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "ANY,     MII ETHTOOL IOCTL, MII",
    "ANY,     ETHTOOL IOCTL,     MII ETHTOOL",
    "ANY,     IOCTL,             MII ETHTOOL IOCTL",
    "ETHTOOL, MII ETHTOOL IOCTL, ETHTOOL",
    "ETHTOOL, MII IOCTL,         ETHTOOL MII",
    "MII,     ETHTOOL IOCTL,     MII ETHTOOL",
    "IOCTL,   MII ETHTOOL IOCTL, IOCTL",
  })
  void theWayThatIsWantedThenTheUsualOrder(Polling wanted, String known, String expected) {
    for (String way : known.split(" ")) {
      driver.put(Polling.valueOf(way), Answer.RUNNING);
    }
    PolledLink link = new PolledLink("eth0", wanted);
    assertEquals(Optional.of(true), poll(link));
    List<String> ways = asked.stream().map(Polling::name).toList();
    assertEquals(expected, String.join(" ", ways));
    assertEquals(Optional.empty(), poll(link));
    assertEquals(List.of(Polling.valueOf(ways.get(ways.size() - 1))), asked);
  }

  @Test
  void onlyNewsIsTold() {
    PolledLink link = new PolledLink("eth0", Polling.IOCTL);
    driver.put(Polling.IOCTL, Answer.NOT_RUNNING);
    assertEquals(Optional.of(false), poll(link));
    assertEquals(Optional.empty(), poll(link));
    driver.put(Polling.IOCTL, Answer.RUNNING);
    assertEquals(Optional.of(true), poll(link));
    assertEquals(Optional.empty(), poll(link));
  }

  @Test
  void aLinkThatIsMadeAgainIsNewsAndIsAskedAnew() {
    PolledLink link = new PolledLink("eth0", Polling.ANY);
    assertEquals(Optional.empty(), poll(link));
    driver.put(Polling.MII, Answer.RUNNING);
    assertEquals(Optional.of(true), poll(link));
    for (Polling way : Polling.values()) {
      driver.put(way, Answer.NO_LINK);
    }
    assertEquals(Optional.empty(), poll(link));
    driver.put(Polling.MII, Answer.UNSUPPORTED);
    driver.put(Polling.ETHTOOL, Answer.RUNNING);
    assertEquals(Optional.of(true), poll(link));
    assertEquals(List.of(Polling.MII, Polling.ETHTOOL), asked);
  }
}
