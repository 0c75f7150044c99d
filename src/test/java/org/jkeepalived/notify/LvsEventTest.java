package org.jkeepalived.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jkeepalived.model.Command;
import org.jkeepalived.notify.Event.Script;
import org.jkeepalived.notify.LvsEvent.CheckState;
import org.jkeepalived.notify.LvsEvent.QuorumState;
import org.jkeepalived.notify.LvsEvent.ServerState;
import org.jkeepalived.notify.mail.AlertText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of event of virtual servers, as keepalived 2.4.3 told of it. */
class LvsEventTest {

  private static final String SERVER = "[10.9.0.11]:tcp:80";
  private static final String SERVICE = "[10.9.0.101]:tcp:80";
  private static final Command COMMAND = Stage.command("/run/lvs/event down r1");

  static Stream<LvsEvent> states() {
    return Stream.of(
        new ServerState(SERVER, SERVICE, true, Optional.of(COMMAND), true, "why"),
        new QuorumState(SERVICE, false, Optional.of(COMMAND), true, "why"));
  }

  @ParameterizedTest
  @CsvSource({
    "[10.9.0.11]:tcp:80,  [10.9.0.101]:tcp:80, false, RS [10.9.0.11]:tcp:80 [10.9.0.101]:tcp:80 DOWN",
    "[10.9.0.11]:none:0,  FWM 5,               true,  RS [10.9.0.11]:none:0 FWM 5 UP",
    "[10.9.0.11]:tcp:80,  [grp]:0,             false, RS [10.9.0.11]:tcp:80 [grp]:0 DOWN",
  })
  void theLineOfARealServer(String server, String service, boolean up, String line) {
    LvsEvent event = new ServerState(server, service, up, Optional.empty(), true, "why");
    assertEquals(line, event.line());
    assertTrue(event.isForFifos());
  }

  @ParameterizedTest
  @CsvSource({
    "[10.9.0.101]:tcp:80, true,  VS [10.9.0.101]:tcp:80 UP",
    "FWM 5,               false, VS FWM 5 DOWN",
    "[grp]:0,             true,  VS [grp]:0 UP",
  })
  void theLineOfAVirtualServer(String service, boolean up, String line) {
    LvsEvent event = new QuorumState(service, up, Optional.empty(), true, "why");
    assertEquals(line, event.line());
    assertTrue(event.isForFifos());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "false|TCP CHECK failed on service|DOWN|=> TCP CHECK failed on service <=",
        "true|TCP CHECK succeed on service|UP|=> TCP CHECK succeed on service <=",
      })
  void theMailAboutARealServer(boolean up, String reason, String word, String body) {
    AlertText text =
        new AlertText(
            "Realserver " + SERVER + " of virtual server " + SERVICE + " - " + word, body);
    assertEquals(
        Optional.of(text),
        new ServerState(SERVER, SERVICE, up, Optional.empty(), true, reason).mail());
    assertEquals(
        Optional.empty(),
        new ServerState(SERVER, SERVICE, up, Optional.empty(), false, reason).mail());
    AlertText down = AlertText.realServer(SERVER, SERVICE, "DOWN", reason);
    assertEquals(Optional.of(down), new CheckState(SERVER, SERVICE, up, reason).mail());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[grp]:0|true|Gained quorum 1+0=1 <= 1|Virtualserver [grp]:0 - UP",
        "FWM 5|false|Lost quorum 1-0=1 > 0|Virtualserver FWM 5 - DOWN",
      })
  void theMailAboutAVirtualServer(String service, boolean up, String reason, String subject) {
    assertEquals(
        Optional.of(new AlertText(subject, "=> " + reason + " <=")),
        new QuorumState(service, up, Optional.empty(), true, reason).mail());
    assertEquals(
        Optional.empty(), new QuorumState(service, up, Optional.empty(), false, reason).mail());
  }

  @ParameterizedTest
  @MethodSource("states")
  void scriptsGetTheWordsOfTheFileAndNothingMore(LvsEvent event) {
    assertEquals(List.of(new Script(COMMAND, List.of())), event.scripts());
  }

  @Test
  void aRealServerKnowsItsVirtualServer() {
    assertEquals(
        Optional.of(Subject.virtualServer("[a of b]:0")),
        Subject.realServer(SERVER, "[a of b]:0").virtualServer());
    assertEquals(Optional.empty(), Subject.virtualServer(SERVICE).virtualServer());
  }

  @Test
  void aCheckAloneIsToldByMailOnly() {
    LvsEvent check = new CheckState(SERVER, SERVICE, false, "why");
    assertEquals(List.of(), check.scripts());
    assertFalse(check.isForFifos());
    assertFalse(check.isState());
    states().forEach(state -> assertTrue(state.isState()));
  }

  @ParameterizedTest
  @MethodSource("states")
  void noneIsAFaultThatNoEmailFaultsKeeps(LvsEvent event) {
    assertFalse(event.isFault());
  }
}
