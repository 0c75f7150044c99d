package org.jkeepalived.lvs.mark;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.Protocol;
import org.jkeepalived.model.lvs.ServerGroup;

/**
 * Who has which addresses and ports, each once: the kernel takes no ranges that overlap. Of two
 * that name the same one the first has it. As with services, one port beats all ports: note ranges
 * of one port first.
 */
public final class RangeBook {

  /** Addresses in a row, as numbers. */
  private record Span(BigInteger first, BigInteger last, long mark) {}

  private final Map<MarkMap, Map<Integer, TreeMap<BigInteger, Span>>> taken = new LinkedHashMap<>();
  private final Map<MarkMap, Set<MarkedRange>> ranges = new LinkedHashMap<>();

  /** All that was noted, in its order. */
  public Map<MarkMap, Set<MarkedRange>> ranges() {
    return ranges;
  }

  /**
   * Notes a range.
   *
   * @return the marks that have had some of it before, each once
   */
  public Set<Long> note(Protocol protocol, ServerGroup.Range range, long mark) {
    InetAddress like = range.first();
    MarkMap map = new MarkMap(AddressFamily.of(like), protocol);
    BigInteger first = MarkedRange.number(like);
    BigInteger last = first.add(BigInteger.valueOf(range.count() - 1));
    TreeMap<BigInteger, Span> same =
        taken
            .computeIfAbsent(map, fresh -> new TreeMap<>())
            .computeIfAbsent(range.port(), fresh -> new TreeMap<>());
    Set<Long> others = new LinkedHashSet<>();
    for (Span free : free(new Span(first, last, mark), same, others)) {
      same.put(free.first(), free);
      if (range.port() == 0) {
        allPorts(map, free, like);
      } else {
        add(map, free, range.port(), range.port(), like);
      }
    }
    return others;
  }

  /** What is left of a span where nobody has been. */
  private static List<Span> free(Span span, TreeMap<BigInteger, Span> taken, Set<Long> others) {
    List<Span> free = new ArrayList<>();
    BigInteger next = span.first();
    Map.Entry<BigInteger, Span> before = taken.floorEntry(span.first());
    BigInteger from = before == null ? span.first() : before.getKey();
    for (Span other : taken.subMap(from, true, span.last(), true).values()) {
      if (other.last().compareTo(next) < 0) {
        continue;
      }
      others.add(other.mark());
      if (other.first().compareTo(next) > 0) {
        free.add(new Span(next, other.first().subtract(BigInteger.ONE), span.mark()));
      }
      next = other.last().add(BigInteger.ONE);
    }
    if (next.compareTo(span.last()) <= 0) {
      free.add(new Span(next, span.last(), span.mark()));
    }
    return free;
  }

  /** Of each address those ports that nobody has by themselves. */
  private void allPorts(MarkMap map, Span span, InetAddress like) {
    Map<Integer, TreeMap<BigInteger, Span>> byPort = taken.get(map);
    TreeSet<BigInteger> cuts = new TreeSet<>(List.of(span.first()));
    byPort.forEach(
        (port, spans) -> {
          if (port != 0) {
            spans.headMap(span.last(), true).values().stream()
                .flatMap(other -> List.of(other.first(), other.last().add(BigInteger.ONE)).stream())
                .filter(cut -> cut.compareTo(span.first()) > 0 && cut.compareTo(span.last()) <= 0)
                .forEach(cuts::add);
          }
        });
    for (BigInteger cut : cuts) {
      BigInteger after = cuts.higher(cut);
      BigInteger end = after == null ? span.last() : after.subtract(BigInteger.ONE);
      Span part = new Span(cut, end, span.mark());
      int next = 0;
      for (Map.Entry<Integer, TreeMap<BigInteger, Span>> one : byPort.entrySet()) {
        Map.Entry<BigInteger, Span> at = one.getValue().floorEntry(cut);
        if (one.getKey() != 0 && at != null && at.getValue().last().compareTo(cut) >= 0) {
          add(map, part, next, one.getKey() - 1, like);
          next = one.getKey() + 1;
        }
      }
      add(map, part, next, MarkedRange.LAST_PORT, like);
    }
  }

  private void add(MarkMap map, Span span, int firstPort, int lastPort, InetAddress like) {
    if (firstPort <= lastPort) {
      ranges
          .computeIfAbsent(map, fresh -> new LinkedHashSet<>())
          .add(
              new MarkedRange(
                  MarkedRange.address(span.first(), like),
                  MarkedRange.address(span.last(), like),
                  firstPort,
                  lastPort,
                  span.mark()));
    }
  }
}
