package org.jkeepalived.kernel;

import static org.jkeepalived.kernel.JournalLines.VRRP;
import static org.jkeepalived.kernel.TestObjects.requests;
import static org.jkeepalived.kernel.TestObjects.results;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jkeepalived.kernel.KernelRequest.Operation;
import org.jkeepalived.kernel.KernelResult.Outcome;
import org.junit.jupiter.api.Test;

class JournalLinesTest {

  private static final String ONE = "eth0 10.0.0.1/24";
  private static final String TWO = "eth0 10.0.0.2/24";

  private final JournalLines journal = new JournalLines();

  @Test
  void additionIsALineBeforeAndRemovalOneAfter() {
    assertEquals(
        List.of("+ " + ONE, "+ " + TWO),
        journal.adding(VRRP, requests(Operation.ADD, "10.0.0.1", "10.0.0.2")));
    assertEquals(List.of(), journal.adding(VRRP, requests(Operation.REMOVE, "10.0.0.1")));
    assertEquals(
        List.of("- " + ONE),
        journal.removed(VRRP, results(Outcome.DONE, requests(Operation.REMOVE, "10.0.0.1"))));
    assertEquals(
        List.of("- " + TWO),
        journal.removed(VRRP, results(Outcome.NOT_THERE, requests(Operation.REMOVE, "10.0.0.2"))));
    assertEquals(List.of(), journal.all());
  }

  @Test
  void additionOfWhatIsThereIsNoLine() {
    journal.adding(VRRP, requests(Operation.ADD, "10.0.0.1"));
    assertEquals(List.of(), journal.adding(VRRP, requests(Operation.ADD, "10.0.0.1")));
  }

  @Test
  void whatTheKernelRefusesToRemoveStays() {
    journal.adding(VRRP, requests(Operation.ADD, "10.0.0.1"));
    assertEquals(
        List.of(),
        journal.removed(VRRP, results(Outcome.REFUSED, requests(Operation.REMOVE, "10.0.0.1"))));
    assertEquals(Set.of(ONE), journal.of(VRRP));
  }

  @Test
  void whatIsRemovedAndAddedAgainInOneBatchStays() {
    journal.adding(VRRP, requests(Operation.ADD, "10.0.0.1"));
    List<KernelRequest> batch = new ArrayList<>(requests(Operation.REMOVE, "10.0.0.1"));
    batch.addAll(requests(Operation.ADD, "10.0.0.1"));
    assertEquals(List.of(), journal.adding(VRRP, batch));
    assertEquals(List.of(), journal.removed(VRRP, results(Outcome.DONE, batch)));
    assertEquals(Set.of(ONE), journal.of(VRRP));
  }

  @Test
  void subsystemsAreToldApart() {
    journal.adding(VRRP, requests(Operation.ADD, "10.0.0.1"));
    assertEquals(
        List.of("+ lvs/" + ONE, "+ lvs/" + TWO),
        journal.adding("lvs", requests(Operation.ADD, "10.0.0.1", "10.0.0.2")));
    assertEquals(Set.of(VRRP, "lvs"), journal.owners());
    assertEquals(Set.of(ONE), journal.of(VRRP));
    assertEquals(Set.of(ONE, TWO), journal.of("lvs"));
    // each forgets its own only
    assertEquals(List.of("- lvs/" + ONE), journal.retain("lvs", Set.of(TWO)));
    assertEquals(List.of("+ " + ONE, "+ lvs/" + TWO), journal.all());
    assertEquals(List.of("- " + ONE), journal.retain(VRRP, Set.of()));
    assertEquals(Set.of("lvs"), journal.owners());
  }

  @Test
  void whatWasWrittenIsRead() {
    journal.adding(VRRP, requests(Operation.ADD, "10.0.0.1"));
    journal.adding("lvs", requests(Operation.ADD, "10.0.0.2"));
    JournalLines next = new JournalLines();
    journal.all().forEach(next::read);
    assertEquals(Set.of(ONE), next.of(VRRP));
    assertEquals(Set.of(TWO), next.of("lvs"));
    next.read("- " + ONE);
    assertEquals(Set.of(), next.of(VRRP));
  }

  @Test
  void objectsThatAreNoAddressesKeepTheirSlashes() {
    journal.read("+ route: 10.0.0.0/8 via 10.1.1.1");
    journal.read("+ lvs/service: tcp 10.0.0.1:80");
    assertEquals(Set.of("route: 10.0.0.0/8 via 10.1.1.1"), journal.of(VRRP));
    assertEquals(Set.of("service: tcp 10.0.0.1:80"), journal.of("lvs"));
  }

  @Test
  void anythingMayBeRead() {
    for (String line :
        List.of("", "+", "+ ", "- ", "\0", "+ \u00ff", "+ /", "x eth0 10.0.0.1/24")) {
      journal.read(line);
    }
    journal.read("- ");
    assertEquals(Set.of("\u00ff"), journal.of(VRRP));
    assertEquals(Set.of(""), journal.of(""));
  }
}
