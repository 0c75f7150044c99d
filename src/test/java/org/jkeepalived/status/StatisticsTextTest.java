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
        jkeepalived: instances
          VI_1:
            Send failures: 1
            Late timers: 2
            Addresses restored: 0
            Not allowed: 0
            From own address: 0
        jkeepalived: links
          eth0:
            Frames received: 11
            Frames dropped: 12
            Frames sent: 13
            Frames refused: 14
            Frames not allowed: 0
        jkeepalived: peers
          unicast:
            Packets received: 21
            Packets dropped: 22
            Packets sent: 23
            Packets refused: 24
            Packets not allowed: 0
        jkeepalived: strays
          not heard:
            Frames for others: 0
            IP header checksums: 0
            Impossible sources: 0
        jkeepalived: threads
          vrrp:
            Greatest lateness in us: 1234
            Exceptions: 0
            Lost: 0
          files:
            Greatest lateness in us: 0
            Exceptions: 100
            Lost: 1
        """,
        String.join("\n", lines) + "\n");
  }
}
