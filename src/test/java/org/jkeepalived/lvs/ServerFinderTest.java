package org.jkeepalived.lvs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.lvs.check.CheckedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator writes, and which real server that is. */
class ServerFinderTest {

  private static final List<CheckedServer> ALL =
      List.of(
          new CheckedServer("[10.0.0.11]:tcp:8080", "[10.0.0.1]:tcp:80"),
          new CheckedServer("[10.0.0.12]:tcp:8080", "[10.0.0.1]:tcp:80"),
          new CheckedServer("[10.0.0.12]:tcp:8081", "[10.0.0.1]:tcp:80"),
          new CheckedServer("[10.0.0.11]:udp:53", "[10.0.0.2]:udp:53"),
          new CheckedServer("[10.0.0.11]:tcp:53", "[10.0.0.2]:tcp:53"),
          new CheckedServer("[2001:db8::11]:tcp:80", "[2001:db8::1]:tcp:80"),
          new CheckedServer("[10.0.0.13]:tcp:80", "[web]:0"),
          new CheckedServer("[10.0.0.14]:none:0", "FWM 5"));

  @ParameterizedTest
  @CsvSource({
    "[10.0.0.1]:tcp:80,[10.0.0.11]:tcp:8080,0",
    "10.0.0.1:80,10.0.0.11:8080,0",
    "10.0.0.1,10.0.0.11,0",
    "10.0.0.1:80/tcp,10.0.0.12:8081,2",
    "10.0.0.2:53/udp,10.0.0.11:53,3",
    "10.0.0.2:53/tcp,10.0.0.11,4",
    "[2001:DB8::1]:80,2001:db8::11,5",
    "2001:db8::1,[2001:db8::11]:80,5",
    "web,10.0.0.13,6",
    "[web]:0,10.0.0.13:80,6",
    "FWM 5,10.0.0.14:0,7",
    "fwm5,10.0.0.14,7",
  })
  void findsWhatIsMeant(String service, String server, int at) {
    assertEquals(
        new ServerFinder.Found(Optional.of(ALL.get(at)), ""),
        ServerFinder.find(ALL, service, server));
  }

  @Test
  void asksBackWhatMayBeSeveral() {
    complains(
        "10.0.0.2:53 may be [10.0.0.2]:udp:53 or [10.0.0.2]:tcp:53", "10.0.0.2:53", "10.0.0.11");
    complains(
        "10.0.0.12 may be [10.0.0.12]:tcp:8080 or [10.0.0.12]:tcp:8081",
        "10.0.0.1:80",
        "10.0.0.12");
  }

  @Test
  void tellsTheNamesToWhoeverKnowsNone() {
    complains(
        "No virtual server is called 10.0.0.9:80; there are [10.0.0.1]:tcp:80, [10.0.0.2]:udp:53,"
            + " [10.0.0.2]:tcp:53, [2001:db8::1]:tcp:80, [web]:0, FWM 5",
        "10.0.0.9:80",
        "10.0.0.11");
    complains(
        "VS [web]:0 has no real server 10.0.0.11; it has [10.0.0.13]:tcp:80", "web", "10.0.0.11");
    assertEquals(
        "No virtual server is called web; there are none",
        ServerFinder.find(List.of(), "web", "x").complaint());
  }

  private static void complains(String text, String service, String server) {
    assertEquals(
        new ServerFinder.Found(Optional.empty(), text), ServerFinder.find(ALL, service, server));
  }
}
