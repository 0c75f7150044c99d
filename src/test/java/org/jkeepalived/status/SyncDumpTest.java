package org.jkeepalived.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.script.CommandFacts;
import org.jkeepalived.time.LocalClock;
import org.junit.jupiter.api.Test;

/** {@code lvs_sync_daemon} in the dump, as keepalived 2.2.7 has written it. */
final class SyncDumpTest {

  private static final CommandFacts NO_FACTS =
      new CommandFacts() {
        @Override
        public Optional<String> program(Command command) {
          return Optional.empty();
        }

        @Override
        public Optional<Ids> ids(Account account) {
          return Optional.empty();
        }

        @Override
        public Optional<Ids> own() {
          return Optional.empty();
        }
      };

  private static final String INSTANCE =
      """
      vrrp_instance VI_1 {
        interface eth0
        virtual_router_id 51
        virtual_ipaddress {
          10.0.0.1
        }
      }
      """;

  private static List<String> dump(String line) {
    List<String> lines = new ArrayList<>();
    LvsSamples.of("global_defs {\n" + line + "\n}\n" + INSTANCE, server -> true, false)
        .data(
            new ReportContext(LocalClock.of(ZoneId.of("Europe/Paris")), Optional.empty(), NO_FACTS),
            lines::add);
    return lines.stream().filter(text -> text.startsWith(" LVS")).toList();
  }

  @Test
  void everyOption() {
    assertEquals(
        List.of(
            " LVS syncd vrrp instance = VI_1",
            " LVS syncd interface = eth0",
            " LVS syncd syncid = 0",
            " LVS syncd maxlen = 65507",
            " LVS mcast group ff02::99",
            " LVS syncd mcast port = 9000",
            " LVS syncd mcast ttl = 255",
            " LVS flush = false",
            " LVS flush on stop = disabled"),
        dump("lvs_sync_daemon eth0 inst VI_1 id 0 maxlen 65507 port 9000 ttl 255 group ff02::99"));
  }

  @Test
  void whatIsLeftToTheKernelIsLeftOut() {
    assertEquals(
        List.of(
            " LVS syncd interface = eth0",
            " LVS syncd syncid = 0",
            " LVS flush = false",
            " LVS flush on stop = disabled"),
        dump("lvs_sync_daemon eth0"));
  }
}
