package org.jkeepalived.linux.netlink.nftables;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Remedy;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.linux.netlink.NetlinkConnection;
import org.jkeepalived.linux.netlink.nftables.NftablesConnection.Message;
import org.jkeepalived.lvs.mark.KernelMarks;
import org.jkeepalived.lvs.mark.MarkChange;
import org.jkeepalived.lvs.mark.MarkMap;
import org.jkeepalived.lvs.mark.MarkReading;
import org.jkeepalived.lvs.mark.MarkTable;
import org.jkeepalived.lvs.mark.MarkedRange;
import org.jkeepalived.model.AddressFamily;

/** The kernel's packet filter, as far as it marks packets. One thread at a time. */
public final class MarkingConnection implements KernelMarks {

  private static final String CHAIN = "in";

  /** In one message: an attribute holds 64 KiB. */
  private static final int MOST_ELEMENTS = 400;

  /** More than any message takes that has no elements. */
  private static final int MESSAGE_BYTES = 1024;

  private static final int BATCH_BYTES = NftablesConnection.BATCH_BYTES - MESSAGE_BYTES;

  private final NftablesConnection nftables;

  /** What the kernel's packet filter was when it was read last; empty after an own change. */
  private Optional<Long> generation = Optional.empty();

  MarkingConnection(NetlinkConnection connection) {
    this(new NftablesConnection(connection));
  }

  private MarkingConnection(NftablesConnection nftables) {
    this.nftables = nftables;
  }

  /**
   * Opens it in the network namespace of the calling thread.
   *
   * @throws SystemCallException the kernel has none, or cannot be asked
   */
  public static MarkingConnection open() throws SystemCallException {
    return new MarkingConnection(NftablesConnection.open());
  }

  /** Messages that are sent together. */
  private static final class Batch {
    private final List<Message> messages = new ArrayList<>();
    private int bytes;
  }

  @Override
  public Optional<KernelError> change(MarkTable table, List<MarkChange> changes) {
    String operation = "change nftables table " + table.name();
    // the next reading looks at all of it, and remembers what it has begun with
    generation = Optional.empty();
    for (Batch batch : batches(table, changes)) {
      try {
        Optional<SystemError> error = nftables.transact(operation, batch.messages);
        if (error.isPresent()) {
          return Optional.of(told(error.get()));
        }
      } catch (SystemCallException e) {
        return Optional.of(told(e.error()));
      }
    }
    return Optional.empty();
  }

  private static List<Batch> batches(MarkTable table, List<MarkChange> changes) {
    List<Batch> batches = new ArrayList<>(List.of(new Batch()));
    Map<AddressFamily, Integer> ids = new EnumMap<>(AddressFamily.class);
    for (MarkChange change : changes) {
      TableMessages messages = new TableMessages(NetfilterFamily.of(change.family()), table.name());
      if (change instanceof MarkChange.AddTable) {
        add(batches, messages.addTable(), 0);
        add(batches, messages.addInputChain(CHAIN, table.priority()), 0);
      } else if (change instanceof MarkChange.RemoveTable) {
        // it may not be there: what is there already can be added
        add(batches, messages.addTable(), 0);
        add(batches, messages.deleteTable(), 0);
      } else if (change instanceof MarkChange.AddMap added) {
        MarkingMap map = new MarkingMap(added.map(), ids.merge(change.family(), 1, Integer::sum));
        add(batches, messages.addMap(map.declaration(table.counted())), 0);
        add(batches, messages.addRule(CHAIN, map.rule(table.counted())), 0);
      } else if (change instanceof MarkChange.AddRanges added) {
        String map = new MarkingMap(added.map(), 0).name();
        for (List<MapElement> part : parts(added.ranges())) {
          add(batches, messages.addElements(map, part), part.size());
        }
      } else if (change instanceof MarkChange.RemoveRanges removed) {
        String map = new MarkingMap(removed.map(), 0).name();
        for (List<MapElement> part : parts(removed.ranges())) {
          add(batches, messages.deleteElements(map, part), part.size());
        }
      }
    }
    return batches;
  }

  private static void add(List<Batch> batches, Message message, int elements) {
    int bytes = MESSAGE_BYTES + elements * MapElement.MOST_BYTES;
    Batch last = batches.get(batches.size() - 1);
    if (last.bytes + bytes > BATCH_BYTES) {
      last = new Batch();
      batches.add(last);
    }
    last.messages.add(message);
    last.bytes += bytes;
  }

  private static List<List<MapElement>> parts(List<MarkedRange> ranges) {
    List<MapElement> elements = ranges.stream().map(MarkingMap::element).toList();
    List<List<MapElement>> parts = new ArrayList<>();
    for (int from = 0; from < elements.size(); from += MOST_ELEMENTS) {
      parts.add(elements.subList(from, Math.min(elements.size(), from + MOST_ELEMENTS)));
    }
    return parts;
  }

  @Override
  public MarkReading read(MarkTable table, Set<MarkMap> maps) {
    try {
      Optional<Long> now = nftables.generation();
      if (now.isPresent() && now.equals(generation)) {
        return MarkReading.UNCHANGED;
      }
      Map<MarkMap, Set<MarkedRange>> found = new LinkedHashMap<>();
      for (AddressFamily family : AddressFamily.values()) {
        List<MarkMap> those = maps.stream().filter(map -> map.family() == family).toList();
        if (!those.isEmpty() && hasRules(table, family, those.size())) {
          for (MarkMap map : those) {
            ranges(table, map).ifPresent(ranges -> found.put(map, ranges));
          }
        }
      }
      generation = now;
      return new MarkReading(false, found, Optional.empty());
    } catch (SystemCallException e) {
      return new MarkReading(false, Map.of(), Optional.of(told(e.error())));
    }
  }

  private boolean hasRules(MarkTable table, AddressFamily family, int wanted)
      throws SystemCallException {
    try {
      return nftables.rules(NetfilterFamily.of(family), table.name(), CHAIN) == wanted;
    } catch (SystemCallException e) {
      if (e.error().errno() == Errno.ENOENT) {
        return false;
      }
      throw e;
    }
  }

  private Optional<Set<MarkedRange>> ranges(MarkTable table, MarkMap map)
      throws SystemCallException {
    MarkingMap marking = new MarkingMap(map, 0);
    try {
      Set<MarkedRange> ranges = new LinkedHashSet<>();
      NetfilterFamily family = NetfilterFamily.of(map.family());
      for (MapElement element : nftables.elements(family, table.name(), marking.name())) {
        marking.range(element).ifPresent(ranges::add);
      }
      return Optional.of(ranges);
    } catch (SystemCallException e) {
      if (e.error().errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** In one line, with what to do. */
  public static KernelError told(SystemError error) {
    String text =
        switch (error.errno()) {
          case Errno.EOPNOTSUPP, Errno.EPROTONOSUPPORT ->
              "this kernel has no nf_tables: modprobe nf_tables, or install the package that holds"
                  + " it";
          case Errno.EINVAL ->
              error + ": nf_tables needs Linux 5.6 for ranges of addresses with ports";
          default -> Remedy.explain(error);
        };
    return new KernelError(error.errno(), text);
  }

  @Override
  public void close() {
    nftables.close();
  }
}
