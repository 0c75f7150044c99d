package org.jkeepalived.host.lvs.ipvs;

import static org.jkeepalived.linux.netlink.ipvs.TestTable.at;
import static org.jkeepalived.linux.netlink.ipvs.TestTable.nat;
import static org.jkeepalived.linux.netlink.ipvs.TestTable.plain;
import static org.jkeepalived.linux.netlink.ipvs.TestTable.tcp;
import static org.jkeepalived.linux.netlink.ipvs.TestTable.udp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.TableAnswer;
import org.jkeepalived.lvs.table.TableAnswer.Outcome;
import org.jkeepalived.lvs.table.TableChange;
import org.jkeepalived.lvs.table.TableChange.AddDestination;
import org.jkeepalived.lvs.table.TableChange.AddService;
import org.jkeepalived.lvs.table.TableChange.EditService;
import org.jkeepalived.lvs.table.TableChange.RemoveService;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.TableNamespace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceJournalTest {

  private static final ServiceKey WEB = tcp("10.9.0.101", 80);
  private static final ServiceKey DNS = udp("fd00:9::101", 53);
  private static final ServiceKey MARK = new ServiceKey.ByMark(0xffff_ffffL, AddressFamily.IPV6);

  @TempDir Path folder;
  private Path file;
  private ServiceJournal journal;

  @BeforeEach
  void open() {
    file = folder.resolve("run/pid.services");
    journal = ServiceJournal.open(file);
  }

  private Set<ServiceKey> readAgain() {
    return ServiceJournal.open(file).services();
  }

  private void done(Outcome outcome, TableChange... changes) {
    Set<ServiceKey> added = journal.adding(List.of(changes));
    journal.answered(
        List.of(changes).stream()
            .map(change -> new TableAnswer(change, outcome, Optional.empty()))
            .toList(),
        added);
  }

  private static AddService add(ServiceKey service) {
    return new AddService(service, plain("rr"));
  }

  @Test
  void knowsAfterACrashWhatWasAskedFor() throws IOException {
    journal.adding(
        List.of(add(WEB), new AddDestination(WEB, at("10.9.0.11", 80), nat(1)), add(DNS)));
    journal.adding(List.of(add(MARK)));
    assertEquals(
        "+ tcp 10.9.0.101 80\n+ udp fd00:9::101 53\n+ fwmark 4294967295 IPv6\n",
        Files.readString(file));
    assertEquals(List.of(WEB, DNS, MARK), List.copyOf(readAgain()));
  }

  @Test
  void forgetsWhatIsGone() {
    done(Outcome.DONE, add(WEB), add(DNS), add(MARK));
    done(Outcome.DONE, new RemoveService(WEB));
    done(Outcome.NOT_THERE, new RemoveService(DNS));
    done(Outcome.REFUSED, new RemoveService(MARK));
    assertEquals(Set.of(MARK), readAgain());
  }

  @Test
  void whatTheKernelDidNotTakeIsNobodysUnlessItWasThereBefore() {
    done(Outcome.DONE, add(WEB));
    done(Outcome.REFUSED, new EditService(WEB, plain("nosuch")), add(DNS));
    assertEquals(Set.of(WEB), readAgain());
  }

  @Test
  void whatIsThereAlreadyIsOursFromNowOn() {
    done(Outcome.ALREADY_THERE, add(WEB));
    done(Outcome.DONE, new EditService(DNS, plain("rr")));
    assertEquals(Set.of(WEB, DNS), readAgain());
  }

  @Test
  void removedAndAddedInOneIsThere() {
    done(Outcome.DONE, add(WEB));
    done(Outcome.DONE, new RemoveService(WEB), add(WEB));
    assertEquals(Set.of(WEB), readAgain());
    done(Outcome.DONE, add(DNS), new RemoveService(DNS));
    assertEquals(Set.of(WEB), readAgain());
  }

  @Test
  void forgetsWhatAnEarlierRunLeftAndIsGone() {
    done(Outcome.DONE, add(WEB), add(DNS));
    ServiceJournal next = ServiceJournal.open(file);
    next.retain(Set.of(DNS, MARK));
    assertEquals(Set.of(DNS), readAgain());
  }

  @Test
  void saysWhoseTableTheServicesAreIn() throws IOException {
    for (Optional<String> name : List.of(Optional.of("blue"), Optional.<String>empty())) {
      Optional<TableNamespace> namespace = Optional.of(new TableNamespace(name));
      journal = ServiceJournal.open(file);
      journal.moveTo(namespace);
      done(Outcome.DONE, add(WEB));
      assertEquals("@ " + name.orElse("") + "\n+ tcp 10.9.0.101 80\n", Files.readString(file));
      ServiceJournal next = ServiceJournal.open(file);
      assertEquals(namespace, next.namespace());
      assertEquals(Set.of(WEB), next.services());
      next.moveTo(namespace);
      assertEquals(Set.of(WEB), next.services(), "it is the same");
      next.moveTo(Optional.of(new TableNamespace(Optional.of("red"))));
      assertEquals(Set.of(), readAgain(), "what is in another table is not in this one");
    }
  }

  @Test
  void fileStaysWhileSomethingIsThere() {
    done(Outcome.DONE, add(WEB));
    journal.close();
    assertTrue(Files.exists(file));
    journal = ServiceJournal.open(file);
    done(Outcome.DONE, new RemoveService(WEB));
    journal.close();
    assertFalse(Files.exists(file));
  }

  @Test
  void anythingMayBeInTheFile() throws IOException {
    Files.writeString(
        file,
        "\n+\n+ \n- \n+ tcp\n+ tcp localhost 80\n+ tcp 10.9.0.1 65536\n+ tcp 10.9.0.999 80\n"
            + "+ tcp 10.9.0.1 -1\n+ icmp 10.9.0.1 80\n+ fwmark 4294967296 IPv4\n+ fwmark 5 IPv5\n"
            + "+ tcp ::g 80\n+ tcp 1:2 80\n+ tcp 10.9.0.101 80 x\n- fwmark\n\0\n"
            + "+ tcp 10.9.0.101 80\n+ udp fd00:9::101 5");
    assertEquals(Set.of(WEB), readAgain());
  }
}
