package org.jkeepalived.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StatisticsTextTest {

  @Test
  void countsStandUnderTheirNames() {
    List<String> lines = new ArrayList<>();
    StatisticsText.write(Samples.snapshot(List.of(Samples.master())), lines::add);
    assertEquals(
        """
        VRRP Instance: VI_1
          Advertisements:
            Received: 0
            Sent: 2
          Became master: 1
          Released master: 0
          Packet Errors:
            Length: 0
            TTL: 1
            Invalid Type: 0
            Advertisement Interval: 0
            Address List: 2
            Version: 0
            Checksum: 0
            Unicast Source: 0
          Authentication Errors:
            Invalid Type: 0
            Type Mismatch: 0
            Failure: 0
          Priority Zero:
            Received: 0
            Sent: 0
        Packets for no VRRP Instance
          Truncated: 7
          Unknown VRID: 8
        """,
        String.join("\n", lines) + "\n");
  }
}
