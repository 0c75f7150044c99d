package org.jkeepalived.host.link;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jkeepalived.linux.LinkProbe.Answer;
import org.jkeepalived.model.LinkWatch.Polling;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A link that is asked, in the way that its driver knows. */
final class PolledLink {

  private static final Logger LOG = LoggerFactory.getLogger(PolledLink.class);

  private static final List<Polling> ORDER = List.of(Polling.MII, Polling.ETHTOOL, Polling.IOCTL);

  private final String name;
  private final Polling wanted;
  private Optional<Polling> chosen = Optional.empty();
  private Optional<Boolean> running = Optional.empty();

  PolledLink(String name, Polling wanted) {
    this.name = name;
    this.wanted = wanted;
  }

  String name() {
    return name;
  }

  Polling wanted() {
    return wanted;
  }

  /** What its driver is asked for; empty before it has given an answer. */
  Optional<Polling> chosen() {
    return chosen;
  }

  /**
   * Asks.
   *
   * @return whether it runs, if that is news; of a link that is not there nothing is
   */
  Optional<Boolean> poll(BiFunction<String, Polling, Answer> driver) {
    Answer answer = ask(driver);
    Optional<Boolean> before = running;
    switch (answer) {
      case RUNNING:
        running = Optional.of(true);
        break;
      case NOT_RUNNING:
        running = Optional.of(false);
        break;
      default:
        // one that is made again may have another driver
        chosen = Optional.empty();
        running = Optional.empty();
    }
    if (running.isEmpty() || running.equals(before)) {
      return Optional.empty();
    }
    before.ifPresent(was -> LOG.debug("Linkbeat reports {} {}", name, was ? "down" : "up"));
    return running;
  }

  private Answer ask(BiFunction<String, Polling, Answer> driver) {
    Answer answer = chosen.map(known -> driver.apply(name, known)).orElse(Answer.UNSUPPORTED);
    return answer == Answer.UNSUPPORTED ? choose(driver) : answer;
  }

  private Answer choose(BiFunction<String, Polling, Answer> driver) {
    Answer answer = Answer.UNSUPPORTED;
    for (Polling way : ways()) {
      answer = driver.apply(name, way);
      if (answer != Answer.UNSUPPORTED) {
        if (answer != Answer.NO_LINK) {
          choose(way);
        }
        return answer;
      }
    }
    return answer;
  }

  private List<Polling> ways() {
    Set<Polling> ways = new LinkedHashSet<>();
    if (wanted != Polling.ANY) {
      ways.add(wanted);
    }
    ways.addAll(ORDER);
    return new ArrayList<>(ways);
  }

  private void choose(Polling way) {
    chosen = Optional.of(way);
    if (wanted != Polling.ANY && wanted != way) {
      LOG.debug("({}): Configured linkbeat type {} not supported, using {}", name, wanted, way);
    }
  }
}
