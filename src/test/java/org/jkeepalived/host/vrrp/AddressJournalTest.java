package org.jkeepalived.host.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.linux.netlink.route.AddressRequest;
import org.jkeepalived.linux.netlink.route.AddressRequest.Operation;
import org.jkeepalived.linux.netlink.route.AddressResult;
import org.jkeepalived.linux.netlink.route.AddressResult.Outcome;
import org.jkeepalived.vrrp.TestInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressJournalTest {

  private static final String ONE = "eth0 10.0.0.1/24";
  private static final String TWO = "eth0 10.0.0.2/24";

  @TempDir Path folder;
  private Path file;
  private AddressJournal journal;

  @BeforeEach
  void open() throws IOException {
    file = folder.resolve("deep/er/record");
    journal = AddressJournal.open(file);
  }

  @Test
  void knowsAfterACrashWhatWasThere() throws IOException {
    journal.beforeAdding(requests(Operation.ADD, "10.0.0.1", "10.0.0.2"));
    assertEquals(Set.of(ONE, TWO), AddressJournal.open(file).present());
  }

  @Test
  void forgetsWhatTheKernelRemoved() throws IOException {
    journal.beforeAdding(requests(Operation.ADD, "10.0.0.1", "10.0.0.2"));
    journal.afterwards(results(Outcome.DONE, requests(Operation.REMOVE, "10.0.0.1")));
    journal = AddressJournal.open(file);
    assertEquals(Set.of(TWO), journal.present());
    journal.afterwards(results(Outcome.NOT_THERE, requests(Operation.REMOVE, "10.0.0.2")));
    assertEquals(Set.of(), AddressJournal.open(file).present());
  }

  @Test
  void remembersWhatTheKernelRefusedToRemove() throws IOException {
    journal.beforeAdding(requests(Operation.ADD, "10.0.0.1"));
    journal.afterwards(results(Outcome.REFUSED, requests(Operation.REMOVE, "10.0.0.1")));
    assertEquals(Set.of(ONE), AddressJournal.open(file).present());
  }

  @Test
  void remembersWhatIsRemovedAndAddedAgainInOneBatch() throws IOException {
    journal.beforeAdding(requests(Operation.ADD, "10.0.0.1"));
    List<AddressRequest> batch =
        List.of(request(Operation.REMOVE, "10.0.0.1"), request(Operation.ADD, "10.0.0.1"));
    journal.beforeAdding(batch);
    journal.afterwards(results(Outcome.DONE, batch));
    assertEquals(Set.of(ONE), AddressJournal.open(file).present());
  }

  @Test
  void lineThatACrashToreApartIsNotReadAndSpoilsNoOther() throws IOException {
    journal.beforeAdding(requests(Operation.ADD, "10.0.0.1"));
    Files.writeString(file, Files.readString(file) + "+ eth0 10.0.0.");
    AddressJournal next = AddressJournal.open(file);
    assertEquals(Set.of(ONE), next.present());
    next.beforeAdding(requests(Operation.ADD, "10.0.0.2"));
    assertEquals(Set.of(ONE, TWO), AddressJournal.open(file).present());
  }

  @Test
  void anythingMayBeInTheFile() throws IOException {
    Files.write(file, new byte[] {0, '\n', '+', '\n', '+', ' ', (byte) 0xff, '\n', '-', ' ', '\n'});
    assertEquals(Set.of("\u00ff"), AddressJournal.open(file).present());
  }

  @Test
  void doesNotGrowWithWhatComesAndGoes() throws IOException {
    for (int i = 0; i < 60_000; i++) {
      journal.beforeAdding(requests(Operation.ADD, "10.0.0.1"));
      journal.afterwards(results(Outcome.DONE, requests(Operation.REMOVE, "10.0.0.1")));
    }
    journal.beforeAdding(requests(Operation.ADD, "10.0.0.2"));
    assertTrue(Files.size(file) < 100_000 * 25L, "the file has " + Files.size(file) + " bytes");
    assertEquals(Set.of(TWO), AddressJournal.open(file).present());
  }

  @Test
  void forgetsWhatAnEarlierRunLeftAndIsGone() throws IOException {
    journal.beforeAdding(requests(Operation.ADD, "10.0.0.1", "10.0.0.2"));
    AddressJournal next = AddressJournal.open(file);
    next.retain(Set.of(TWO));
    assertEquals(Set.of(TWO), next.present());
    assertEquals(Set.of(TWO), AddressJournal.open(file).present());
  }

  @Test
  void fileIsGoneAfterAnOrderlyEndAndStaysWhileSomethingIsThere() throws IOException {
    journal.beforeAdding(requests(Operation.ADD, "10.0.0.1"));
    journal.close();
    assertTrue(Files.exists(file));
    AddressJournal next = AddressJournal.open(file);
    next.afterwards(results(Outcome.DONE, requests(Operation.REMOVE, "10.0.0.1")));
    next.close();
    assertFalse(Files.exists(file));
  }

  private static List<AddressRequest> requests(Operation operation, String... addresses) {
    return Arrays.stream(addresses).map(address -> request(operation, address)).toList();
  }

  private static AddressRequest request(Operation operation, String address) {
    return new AddressRequest(
        operation, 2, TestInstance.of("addresses=" + address).addresses().advertised().get(0));
  }

  private static List<AddressResult> results(Outcome outcome, List<AddressRequest> requests) {
    return requests.stream()
        .map(
            request ->
                new AddressResult(
                    request,
                    outcome,
                    outcome == Outcome.DONE
                        ? Optional.empty()
                        : Optional.of(new SystemError("remove", 1, "Operation not permitted"))))
        .toList();
  }
}
