package org.jkeepalived.lvs.mark;

import java.util.List;
import org.jkeepalived.model.AddressFamily;

/** One thing to do to the tables that mark packets. */
public sealed interface MarkChange {

  /** Whose packets it concerns. */
  AddressFamily family();

  /** The family's table comes, with its chain; it is not there yet. */
  record AddTable(AddressFamily family) implements MarkChange {}

  /** The family's table goes, with all that is in it, if it is there. */
  record RemoveTable(AddressFamily family) implements MarkChange {}

  /** An empty map comes, with its rule. */
  record AddMap(MarkMap map) implements MarkChange {
    @Override
    public AddressFamily family() {
      return map.family();
    }
  }

  /** Packets are marked that were not. */
  record AddRanges(MarkMap map, List<MarkedRange> ranges) implements MarkChange {
    public AddRanges {
      ranges = List.copyOf(ranges);
    }

    @Override
    public AddressFamily family() {
      return map.family();
    }
  }

  /** They are marked no more. */
  record RemoveRanges(MarkMap map, List<MarkedRange> ranges) implements MarkChange {
    public RemoveRanges {
      ranges = List.copyOf(ranges);
    }

    @Override
    public AddressFamily family() {
      return map.family();
    }
  }
}
