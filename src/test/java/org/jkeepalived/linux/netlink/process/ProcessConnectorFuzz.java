package org.jkeepalived.linux.netlink.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.model.ProcessTracker;
import org.jkeepalived.model.ProcessTracker.Match;
import org.jkeepalived.model.ProcessTracker.ParameterMatch;
import org.jkeepalived.model.Weight;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.track.ProcessBoard;
import org.jkeepalived.track.ProcessEvents;
import org.jkeepalived.track.ProcessFacts;
import org.junit.jupiter.api.Assertions;

/** A datagram of the process connector, and what becomes of it: counted processes. */
final class ProcessConnectorFuzz {

  private static final int NAME_BYTES = 16;

  /**
   * Two processes with the same name are the quorum; both can be looked at as long as they live.
   */
  private static final ProcessTracker TRACKER =
      new ProcessTracker(
          "two",
          new Match("nginx", List.of(), ParameterMatch.NONE, false),
          Weight.FAULT,
          2,
          Integer.MAX_VALUE,
          0,
          0);

  @FuzzTest(maxDuration = "")
  void processConnector(byte[] datagram) {
    Heard heard = new Heard();
    int acknowledged =
        ProcessMessages.tell(
            ByteBuffer.wrap(datagram).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN), heard, 7);
    assertTrue(heard.events <= datagram.length / MessageWriter.HEADER_BYTES);
    heard.board.settle(7);
    heard.board.scanned(List.of(facts(1), facts(2)), 8);
    Assertions.assertEquals(2, heard.board.looks().get("two").count(), "all was looked at anew");
    assertTrue(acknowledged == -1 || datagram.length > ProcessMessages.DATA_IN_DATAGRAM);
  }

  private static ProcessFacts facts(int process) {
    return new ProcessFacts(process, "nginx", List.of("/nginx"));
  }

  /** Checks what is told, and hands it on. */
  private static final class Heard implements ProcessEvents {
    private final ProcessBoard board =
        new ProcessBoard(
            new TimerQueue(),
            (process, bytes) -> Optional.of(facts(process)).filter(facts -> process % 2 == 0),
            (tracker, up, first) -> {});
    private int events;

    Heard() {
      board.become(List.of(TRACKER));
      board.scanned(List.of(facts(1)), 0);
    }

    @Override
    public void forked(int parent, int child, long nowNanos) {
      assertTrue(child > 0 && nowNanos == 7);
      events++;
      board.forked(parent, child, nowNanos);
    }

    @Override
    public void executed(int process, long nowNanos) {
      events++;
      board.executed(process, nowNanos);
    }

    @Override
    public void renamed(int process, String name, long nowNanos) {
      assertTrue(name.length() <= NAME_BYTES && name.indexOf('\0') < 0, name);
      events++;
      board.renamed(process, name, nowNanos);
    }

    @Override
    public void exited(int process, long nowNanos) {
      events++;
      board.exited(process, nowNanos);
    }
  }
}
