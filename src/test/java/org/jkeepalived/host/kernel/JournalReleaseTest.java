package org.jkeepalived.host.kernel;

import static org.jkeepalived.kernel.JournalLines.VRRP;
import static org.jkeepalived.kernel.TestObjects.requests;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelRequest.Operation;
import org.jkeepalived.kernel.KernelResult;
import org.jkeepalived.kernel.KernelWriter;
import org.jkeepalived.kernel.PlacedObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalReleaseTest {

  private static final String ONE = "eth0 10.0.0.1/24";
  private static final String THREE = "eth0 10.0.0.3/24";

  @TempDir Path folder;
  private JournalPath path;
  private final List<String> asked = new ArrayList<>();

  /** Refuses to remove one of them. */
  private final class Kernel implements KernelWriter {
    private final String refused;

    Kernel(String refused) {
      this.refused = refused;
    }

    @Override
    public List<KernelResult> write(List<KernelRequest> requests) {
      requests.forEach(request -> asked.add(request.toString()));
      return requests.stream()
          .map(
              request ->
                  request.object().name().equals(refused)
                      ? KernelResult.refused(request, new KernelError(1, "for the test"))
                      : KernelResult.done(request))
          .toList();
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  @BeforeEach
  void writeJournal() {
    path = JournalPath.in(folder, "pid");
    KernelJournal killed = KernelJournal.open(path);
    killed.adding(VRRP, requests(Operation.ADD, "10.0.0.1", "10.0.0.2"));
    killed.adding("lvs", requests(Operation.ADD, "10.0.0.3"));
  }

  private static List<PlacedObject> present(String... addresses) {
    return requests(Operation.ADD, addresses).stream().map(KernelRequest::target).toList();
  }

  @Test
  void allThatTheJournalNamesIsRemovedAndNothingElse() {
    KernelJournal journal = KernelJournal.open(path);
    JournalRelease.run(
        journal,
        new Kernel(""),
        present("10.0.0.1", "10.0.0.3", "10.0.0.4"),
        link -> Optional.of(1));
    assertEquals(List.of("remove 10.0.0.1/24 from eth0", "remove 10.0.0.3/24 from eth0"), asked);
    // the one that was gone is forgotten as well
    assertEquals(Set.of(), journal.owners());
    journal.close();
    assertFalse(Files.exists(path.file()));
  }

  @Test
  void whatTheKernelRefusesToRemoveIsToldAndStaysInTheJournal() {
    KernelJournal journal = KernelJournal.open(path);
    List<KernelResult> results =
        JournalRelease.run(
                journal,
                new Kernel("10.0.0.1"),
                present("10.0.0.1", "10.0.0.2", "10.0.0.3"),
                link -> Optional.of(1))
            .results();
    assertEquals(
        List.of("cannot remove 10.0.0.1/24 from eth0: for the test"),
        results.stream()
            .filter(result -> !result.asWanted())
            .map(KernelResult::explanation)
            .toList());
    assertEquals(Set.of(ONE), KernelJournal.open(path).of(VRRP));
    assertEquals(Set.of(), KernelJournal.open(path).of("lvs"));
  }

  @Test
  void journalOfAnotherDaemonIsNotTouched() {
    JournalPath other = JournalPath.in(folder, "other");
    KernelJournal journal = KernelJournal.open(other);
    JournalRelease.run(
        journal, new Kernel(""), present("10.0.0.1", "10.0.0.3"), link -> Optional.of(1));
    assertEquals(List.of(), asked);
    assertEquals(Set.of(THREE), KernelJournal.open(path).of("lvs"));
  }

  /** Somebody releases in another network namespace than that of the daemon. */
  @Test
  void whatIsOnALinkThatIsNotHereStaysInTheJournalAndIsTold() {
    KernelJournal journal = KernelJournal.open(path);
    JournalRelease.Outcome outcome =
        JournalRelease.run(
            journal,
            new Kernel(""),
            List.of(),
            link -> link.equals("eth0") ? Optional.empty() : Optional.of(1));
    assertEquals(Set.of(ONE, "eth0 10.0.0.2/24", THREE), Set.copyOf(outcome.elsewhere()));
    assertEquals(List.of(), asked);
    journal.close();
    assertEquals(Set.of(ONE, "eth0 10.0.0.2/24"), KernelJournal.open(path).of(VRRP));
  }
}
