package org.jkeepalived.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jkeepalived.config.RoutingLines;
import org.jkeepalived.kernel.KernelResult.Outcome;
import org.jkeepalived.link.Links;
import org.jkeepalived.link.TestLinks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Routes and rules among the objects of the kernel: how they are named, written down and held. */
class KernelRoutingTest {

  private static final KernelObject ROUTE = route("10.1.0.0/16 dev eth0");

  private final List<String> told = new ArrayList<>();
  private final ScriptedQueue queue = new ScriptedQueue();
  private final Links links = new Links();
  private final HeldObjects objects = new HeldObjects(queue, links, told::add);
  private final KernelBook.Holder owner = object -> told.add("lost " + object.name());

  static KernelObject route(String line) {
    return new KernelRoute(RoutingLines.route(line));
  }

  static Stream<KernelObject> all() {
    return Stream.concat(
        RoutingLines.ROUTES.stream().map(KernelRoutingTest::route),
        RoutingLines.RULES.stream().map(line -> new KernelRule(RoutingLines.rule(line))));
  }

  private static KernelObject.Key key(KernelObject object) {
    return object.key(object.links().stream().map(name -> name.equals("eth0") ? 5 : 6).toList());
  }

  @ParameterizedTest
  @MethodSource("all")
  void theJournalsLineFindsTheSameObjectAgain(KernelObject object) {
    Optional<KernelObject> read = StaleObjects.read(object.journalText());

    assertEquals(Optional.of(key(object)), read.map(KernelRoutingTest::key));
    assertEquals(Optional.of(object.journalText()), read.map(KernelObject::journalText));
  }

  @Test
  void twoThatDifferHaveKeysThatDiffer() {
    Set<KernelObject.Key> keys = new HashSet<>();
    all().forEach(object -> assertTrue(keys.add(key(object)), object::journalText));
  }

  @Test
  void whateverStandsInTheJournalIsReadOrNot() {
    Random random = new Random(11);
    List<String> lines = all().map(KernelObject::journalText).toList();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder line = new StringBuilder(lines.get(random.nextInt(lines.size())));
      for (int change = random.nextInt(4); change >= 0; change--) {
        int at = random.nextInt(line.length());
        switch (random.nextInt(3)) {
          case 0 -> line.deleteCharAt(at);
          case 1 -> line.setCharAt(at, (char) (' ' + random.nextInt(95)));
          default -> line.insert(at, "9 /-:".charAt(random.nextInt(5)));
        }
      }
      // what is read can be written down again
      StaleObjects.read(line.toString()).map(KernelObject::journalText);
    }
    assertEquals(Optional.empty(), StaleObjects.read("eth0 10.0.0.1/24"));
  }

  @Test
  void ofTheJournalOnlyWhatHasItsLinkIsRemoved() {
    String elsewhere = route("10.1.0.0/16 dev eth9").journalText();
    String rule =
        new KernelRule(RoutingLines.rule("from 10.1.0.0/16 table 1 priority 9")).journalText();

    List<PlacedObject> found =
        StaleObjects.written(
            List.of(ROUTE.journalText(), elsewhere, rule, "eth0 10.0.0.1/24"),
            name -> Optional.of(5).filter(index -> name.equals("eth0")));

    assertEquals(
        List.of(ROUTE.journalText(), rule),
        found.stream().map(placed -> placed.object().journalText()).toList());
  }

  // ---- held ----

  private void add(KernelObject... wanted) {
    objects.add(
        owner,
        List.of(wanted),
        refused -> told.add(refused.isEmpty() ? "has them" : refused.get(0).reason()));
    objects.flush();
  }

  private void bring() {
    links.linkChanged(TestLinks.up(5, "eth0"));
  }

  @Test
  void whatWasRefusedIsNotRemoved() {
    bring();
    add(ROUTE);
    queue.answer(Outcome.REFUSED);
    objects.remove(owner, List.of(ROUTE));
    objects.flush();

    assertEquals(List.of(), queue.pending());
    assertEquals(0, objects.size());
    add(ROUTE);
    queue.answer(Outcome.DONE);
    objects.remove(owner, List.of(ROUTE));
    objects.flush();
    assertEquals(List.of(List.of("remove route 10.1.0.0/16 dev eth0 proto 18")), queue.pending());
  }

  @Test
  void whoeverAsksAgainBeforeTheRefusalIsHeardHoldsIt() {
    bring();
    add(ROUTE);
    add(ROUTE);
    queue.answer(Outcome.REFUSED);
    queue.answer(Outcome.DONE);

    assertEquals(1, objects.size());
  }

  @Test
  void removalByOthersIsToldUnderEitherKeyAndOurOwnIsNot() {
    bring();
    KernelObject withoutLink = route("10.1.0.7 via 10.0.0.7");
    add(ROUTE, withoutLink);
    queue.answer(Outcome.DONE, Outcome.DONE);
    told.clear();

    KernelRoute.Key seen = (KernelRoute.Key) key(route("10.1.0.7 via 10.0.0.7 dev eth0"));
    objects.removedOneOf(List.of(seen, seen.withoutLinks()));
    objects.removedOneOf(List.of(key(route("10.9.0.0/16 dev eth0"))));
    objects.flush();
    assertEquals(List.of("lost 10.1.0.7"), told);

    objects.remove(owner, List.of(ROUTE));
    objects.flush();
    add(ROUTE);
    objects.removedOneOf(List.of(key(ROUTE)));
    objects.flush();
    assertEquals(List.of("lost 10.1.0.7"), told, "that was our own removal");
    objects.removedOneOf(List.of(key(ROUTE)));
    objects.flush();
    assertEquals(List.of("lost 10.1.0.7", "lost 10.1.0.0/16"), told);
  }

  @Test
  void routesOfALinkThatIsGoneAreHeldNoMore() {
    bring();
    add(ROUTE);
    queue.answer(Outcome.DONE);
    links.linkRemoved(TestLinks.up(5, "eth0"));
    objects.linkRemoved(5);
    assertEquals(0, objects.size());

    links.linkChanged(TestLinks.up(9, "eth0"));
    add(ROUTE);
    queue.answer(Outcome.DONE);
    assertEquals(1, objects.size());
  }

  // ---- the journal ----

  @Test
  void whatTheKernelRefusedIsNotInTheJournal() {
    JournalLines journal = new JournalLines();
    List<KernelRequest> batch =
        all()
            .map(
                object -> new PlacedObject(object, object.links().stream().map(name -> 5).toList()))
            .map(PlacedObject::add)
            .toList();
    assertEquals(batch.size(), journal.adding(JournalLines.VRRP, batch).size());

    journal.removed(JournalLines.VRRP, TestObjects.results(Outcome.ALREADY_THERE, batch));
    assertNotEquals(0, journal.size());
    journal.removed(JournalLines.VRRP, TestObjects.results(Outcome.REFUSED, batch));
    assertEquals(0, journal.size());
  }
}
