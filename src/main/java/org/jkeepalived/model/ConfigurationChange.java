package org.jkeepalived.model;

import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.model.routing.Route;
import org.jkeepalived.model.routing.RoutingRule;

/**
 * The difference of two parts of a configuration, for the operator: {@code priority 100 -> 150}. It
 * follows the records that they are made of, so that no setting is forgotten; secrets are not told.
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
    if (before instanceof OwnLinks was && after instanceof OwnLinks is) {
      lines.addAll(OwnLinkWords.between(was, is));
    } else if (isFirewallOrNone(before, after)) {
      // whether there is one follows from accept, which is told
      return;
    } else if (before instanceof Optional<?> was
        && after instanceof Optional<?> is
        && was.isPresent()
        && is.isPresent()) {
      walk(path, was.get(), is.get());
    } else if (before instanceof Record && before.getClass() == after.getClass()) {
      for (RecordComponent component : before.getClass().getRecordComponents()) {
        Object was = value(component, before);
        Object is = value(component, after);
        boolean time = component.getName().endsWith("Nanos");
        walk(
            join(path, SettingWords.of(component)),
            time ? inSeconds(was) : was,
            time ? inSeconds(is) : is);
      }
    } else if (before instanceof Map<?, ?> was && after instanceof Map<?, ?> is) {
      maps(path, was, is);
    } else if (before instanceof Collection<?> was && after instanceof Collection<?> is) {
      collections(path, was, is);
    } else if (before instanceof byte[] || path.contains("password")) {
      lines.add(path + " is another one");
    } else {
      differs(path, leaf(before), leaf(after));
    }
  }

  private static boolean isFirewallOrNone(Object before, Object after) {
    return before instanceof Optional<?> was
        && after instanceof Optional<?> is
        && was.isPresent() != is.isPresent()
        && (was.isPresent() ? was : is).orElseThrow() instanceof Firewall;
  }

  private void differs(String path, String before, String after) {
    lines.add((path + " " + before + " -> " + after).strip());
  }

  private static Object inSeconds(Object nanos) {
    if (nanos instanceof OptionalLong maybe) {
      return maybe.isPresent() ? text(maybe.getAsLong()) : maybe;
    }
    return nanos instanceof Long known ? text(known) : nanos;
  }

  private void maps(String path, Map<?, ?> before, Map<?, ?> after) {
    Map<Object, Object> keys = new LinkedHashMap<>(before);
    keys.putAll(after);
    for (Object key : keys.keySet()) {
      Object was = before.get(key);
      Object is = after.get(key);
      String name = join(path, name(key));
      if (was != null && is != null) {
        walk(name, was, is);
      } else {
        differs(name, was == null ? "nothing" : name(was), is == null ? "nothing" : name(is));
      }
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
    if (isOfFlags(before) && isOfFlags(after)) {
      flags(path, before, after);
      return;
    }
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

  private static boolean isOfFlags(Collection<?> elements) {
    return elements instanceof Set && elements.stream().allMatch(Enum.class::isInstance);
  }

  /** Each is there or not, as a keyword of its own. */
  private void flags(String path, Collection<?> before, Collection<?> after) {
    for (Object flag : before) {
      if (!after.contains(flag)) {
        differs(join(path, name(flag)), "yes", "no");
      }
    }
    for (Object flag : after) {
      if (!before.contains(flag)) {
        differs(join(path, name(flag)), "no", "yes");
      }
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
      return NumericAddress.of(address);
    }
    if (value instanceof InetSocketAddress at) {
      return at.getAddress().getHostAddress() + " " + at.getPort();
    }
    return value instanceof Enum<?> one ? SettingWords.of(one) : String.valueOf(value);
  }

  private static String leaf(Object value) {
    if (value instanceof Optional<?> maybe) {
      return maybe.map(ConfigurationChange::leaf).orElse("nothing");
    }
    if (value instanceof OptionalInt maybe) {
      return maybe.isPresent() ? Integer.toString(maybe.getAsInt()) : "nothing";
    }
    if (value instanceof OptionalLong maybe) {
      return maybe.isPresent() ? Long.toString(maybe.getAsLong()) : "nothing";
    }
    return value instanceof Boolean on ? on ? "yes" : "no" : name(value);
  }

  /** Nanoseconds as seconds, to the millisecond. */
  private static String text(long nanos) {
    double seconds = nanos / NANOS_PER_MILLI / MILLIS_PER_SECOND;
    return (seconds == Math.rint(seconds)
            ? Long.toString((long) seconds)
            : Double.toString(seconds))
        + " s";
  }

  /** A path whose last word goes on. */
  private static String join(String path, String more) {
    return path.isEmpty() || path.endsWith("_")
        ? path + more
        : more.isEmpty() ? path : path + " " + more;
  }
}
