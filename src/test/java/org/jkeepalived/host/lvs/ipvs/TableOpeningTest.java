package org.jkeepalived.host.lvs.ipvs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.model.ReceiveBuffer;
import org.jkeepalived.model.lvs.TableNamespace;
import org.junit.jupiter.api.Test;

class TableOpeningTest {

  private static ReceiveBuffer room(long bytes) {
    return new ReceiveBuffer(OptionalLong.of(bytes), false);
  }

  @Test
  void aNamespaceThatIsNotThereIsSaid() {
    TableOpening.Opened opened =
        TableOpening.ofKernel(
                Optional.of(new TableNamespace(Optional.of("no-such-one"))), ReceiveBuffer.STANDARD)
            .open();
    assertTrue(opened.table().isEmpty());
    assertEquals(
        "net_namespace_ipvs: there is no network namespace no-such-one: ip netns add no-such-one",
        opened.missing());
  }

  /** A table that would only be opened again as it was is left alone. */
  @Test
  void knowsWhetherItsRoomChanges() {
    TableOpening opening = TableOpening.ofKernel(Optional.empty(), ReceiveBuffer.STANDARD);
    assertFalse(opening.makeRoom(room(1000)), "never less than it takes by itself");
    assertTrue(opening.makeRoom(room(3_000_000)));
    assertFalse(opening.makeRoom(room(3_000_000)));
    assertTrue(opening.makeRoom(ReceiveBuffer.STANDARD));
  }
}
