package org.jkeepalived.host.lvs.ipvs;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jkeepalived.model.ReceiveBuffer;

/** A kernel that has a table from a moment on that the test decides. */
final class FakeOpening implements TableOpening {

  static final String MISSING = "this kernel has no IPVS";

  /** How often it was looked for. */
  final AtomicInteger looks = new AtomicInteger();

  private volatile Optional<FakeTable> table;
  private volatile ReceiveBuffer room = ReceiveBuffer.STANDARD;

  FakeOpening(Optional<FakeTable> table) {
    this.table = table;
  }

  void comes(FakeTable there) {
    table = Optional.of(there);
  }

  @Override
  public boolean makeRoom(ReceiveBuffer other) {
    boolean changed = !room.equals(other);
    room = other;
    return changed;
  }

  @Override
  public Opened open() {
    looks.incrementAndGet();
    return table.isPresent()
        ? new Opened(Optional.of(table.get()), "")
        : new Opened(Optional.empty(), MISSING);
  }
}
