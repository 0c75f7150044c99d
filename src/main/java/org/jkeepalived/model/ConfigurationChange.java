package org.jkeepalived.model;

import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jkeepalived.model.routing.Route;
import org.jkeepalived.model.routing.RoutingRule;

/**
 * The difference of two parts of a configuration in words, for the operator: {@code priority 100 ->
 * 150}. It follows the records that they are made of, so that no setting is forgotten; secrets are
 * not told.
 */
public final class ConfigurationChange {

  private static final int MOST_LINES = 20;
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final double MILLIS_PER_SECOND = 1_000;

  private final List<String> lines = new ArrayList<>();

  private ConfigurationChange() {}

  /**
   * Everything that differs, a line each; of very much, the beginning.
   *
   * @param before a record
   * @param after another one of the same class
   */
  public static List<String> between(Record before, Record after) {
    ConfigurationChange change = new ConfigurationChange();
    change.walk("", before, after);
    return change.told();
  }

  /** The same of lists. */
  public static List<String> ofLists(List<?> before, List<?> after) {
    ConfigurationChange change = new ConfigurationChange();
    change.walk("", before, after);
    return change.told();
  }

  private List<String> told() {
    if (lines.size() <= MOST_LINES) {
      return List.copyOf(lines);
    }
    List<String> some = new ArrayList<>(lines.subList(0, MOST_LINES));
    some.add("and " + (lines.size() - MOST_LINES) + " more");
    return some;
  }

  private void walk(String path, Object before, Object after) {
    if (Objects.deepEquals(before, after)) {
      return;
    }
    if (before instanceof Optional<?> was
        && after instanceof Optional<?> is
        && was.isPresent()
        && is.isPresent()) {
      walk(path, was.get(), is.get());
    } else if (before instanceof Record && before.getClass() == after.getClass()) {
      for (RecordComponent component : before.getClass().getRecordComponents()) {
        walk(join(path, words(component)), value(component, before), value(component, after));
      }
    } else if (before instanceof Collection<?> was && after instanceof Collection<?> is) {
      collections(path, was, is);
    } else if (before instanceof byte[] || path.contains("password")) {
      lines.add(path + " is another one");
    } else {
      lines.add((path + " " + leaf(path, before) + " -> " + leaf(path, after)).strip());
    }
  }

  private static Object value(RecordComponent component, Object owner) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(owner);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void collections(String path, Collection<?> before, Collection<?> after) {
    Map<String, Object> old = byName(before);
    Map<String, Object> next = byName(after);
    old.forEach(
        (name, element) -> {
          if (!next.containsKey(name)) {
            lines.add((path + " without " + name).strip());
          } else {
            walk(join(path, name), element, next.get(name));
          }
        });
    next.keySet().stream()
        .filter(name -> !old.containsKey(name))
        .forEach(name -> lines.add((path + " with " + name).strip()));
    if (old.keySet().equals(next.keySet())
        && !List.copyOf(old.keySet()).equals(List.copyOf(next.keySet()))) {
      lines.add((path + " in another order").strip());
    }
  }

  private static Map<String, Object> byName(Collection<?> elements) {
    Map<String, Object> named = new LinkedHashMap<>();
    for (Object element : elements) {
      String name = name(element);
      while (named.containsKey(name)) {
        name = name + " again";
      }
      named.put(name, element);
    }
    return named;
  }

  /** What a person would call it: of a record, what it begins with. */
  private static String name(Object value) {
    if (value instanceof Route route) {
      return route.description();
    }
    if (value instanceof RoutingRule rule) {
      return rule.text();
    }
    if (value instanceof Record) {
      StringBuilder name = new StringBuilder();
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        Object first = value(component, value);
        name.append(name.length() == 0 ? "" : " ").append(name(first));
        if (!(first instanceof Enum)) {
          break;
        }
      }
      return name.toString();
    }
    if (value instanceof InetAddress address) {
      return address.getHostAddress();
    }
    return value instanceof Enum<?> one
        ? one.name().toLowerCase(Locale.ROOT).replace('_', ' ')
        : String.valueOf(value);
  }

  private static String leaf(String path, Object value) {
    if (value instanceof Optional<?> maybe) {
      return maybe.map(one -> leaf(path, one)).orElse("nothing");
    }
    if (value instanceof OptionalInt maybe) {
      return maybe.isPresent() ? Integer.toString(maybe.getAsInt()) : "nothing";
    }
    if (value instanceof OptionalLong maybe) {
      return maybe.isPresent() ? Long.toString(maybe.getAsLong()) : "nothing";
    }
    if (value instanceof Long nanos && path.endsWith("in seconds")) {
      return text(nanos);
    }
    return value instanceof Boolean on ? on ? "yes" : "no" : name(value);
  }

  /** Nanoseconds as seconds, to the millisecond. */
  private static String text(long nanos) {
    double seconds = nanos / NANOS_PER_MILLI / MILLIS_PER_SECOND;
    return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
  }

  private static String join(String path, String more) {
    return path.isEmpty() ? more : path + " " + more;
  }

  /** A component's name in words: {@code advertIntervalNanos} is told as seconds. */
  private static String words(RecordComponent component) {
    String name = component.getName().replaceAll("Nanos$", "InSeconds");
    return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }
}
