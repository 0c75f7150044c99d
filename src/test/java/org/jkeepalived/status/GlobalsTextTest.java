package org.jkeepalived.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.Reading;
import org.jkeepalived.script.CommandFacts;
import org.junit.jupiter.api.Test;

/** The dump's beginning, as keepalived 2.2.7 writes what a file says. */
class GlobalsTextTest {

  @Test
  void tellsOfTheProcessAndOfReloads() {
    String file =
        """
        global_defs {
          router_id x
          config_save_dir /s
          process_name whole
          vrrp_process_name v
          reload_check_config /l
          vrrp_rt_priority 7
          vrrp_cpu_affinity 0 1
        }
        """;
    List<String> lines = new ArrayList<>();
    new GlobalsText(Optional.empty(), new CommandText(CommandFacts.NONE), lines::add)
        .write(Reading.of("/k.conf", file).configuration());
    assertEquals(
        """
        ------< Global definitions >------
         Config save dir = /s
         Network namespace = (default)
         Parent process name = whole
         VRRP process name = v
         Router ID = x
         Test config before reload, log to /l
         FIFO write vrrp states on reload = false
         Max auto priority = 0
         Min auto priority delay = 1000000 usecs
         VRRP process priority = -10
         VRRP don't swap = false
         VRRP realtime priority = 7
         VRRP CPU Affinity = 0 1
         VRRP realtime limit = 10000
        """,
        String.join("\n", lines) + "\n");
  }
}
