package org.jkeepalived.linux.netlink.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.linux.LabNamespace;
import org.jkeepalived.linux.Namespaces;
import org.jkeepalived.linux.Poller;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.track.ProcessEvents;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("lab")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ProcessConnectorLabTest {

  /** Remembers who did what. */
  private static final class Seen implements ProcessEvents {
    final Set<String> told = new HashSet<>();

    @Override
    public void forked(int parent, int child, long nowNanos) {
      told.add("fork " + child);
    }

    @Override
    public void executed(int process, long nowNanos) {
      told.add("exec " + process);
    }

    @Override
    public void renamed(int process, String name, long nowNanos) {
      told.add("name " + name);
    }

    @Override
    public void exited(int process, long nowNanos) {
      told.add("exit " + process);
    }
  }

  private final Seen seen = new Seen();

  @BeforeEach
  void skipInContainers() {
    assumeTrue(Namespaces.processesAreTheMachines());
  }

  private void awaitEvent(ProcessConnector connector, String event) throws Exception {
    try (Poller poller = new Poller()) {
      poller.add(connector.fd(), () -> connector.drain(1000, seen, 0));
      while (!seen.told.contains(event)) {
        poller.poll(Long.MAX_VALUE);
      }
    }
  }

  @Test
  void aProcessIsToldFromItsForkToItsEnd() throws Exception {
    try (ProcessConnector connector = ProcessConnector.open()) {
      Process process = new ProcessBuilder("true").start();
      awaitEvent(connector, "exit " + process.pid());
      assertTrue(
          seen.told.containsAll(List.of("fork " + process.pid(), "exec " + process.pid())),
          seen.told::toString);
      assertEquals(Optional.of(List.of()), connector.acknowledgement());
      assertEquals(0, connector.losses());
    }
  }

  @Test
  void itIsOpenedInTheMachinesFirstNamespace() throws Exception {
    try (LabNamespace namespace = new LabNamespace();
        ProcessConnector connector = namespace.call(this::openAndComeBack)) {
      Process process = new ProcessBuilder("true").start();
      awaitEvent(connector, "exit " + process.pid());
    }
  }

  private ProcessConnector openAndComeBack() throws Exception {
    assertThrows(SystemCallException.class, () -> ProcessConnector.openHere(4096));
    Path namespace = Path.of("/proc/thread-self/ns/net");
    Path before = Files.readSymbolicLink(namespace);
    ProcessConnector opened = ProcessConnector.open();
    assertEquals(before, Files.readSymbolicLink(namespace));
    return opened;
  }

  @Test
  void newNamesAreTold() throws Exception {
    try (ProcessConnector connector = ProcessConnector.open()) {
      String name = "jkn" + System.nanoTime() % 1_000_000_000L;
      Process process =
          new ProcessBuilder("sh", "-c", "printf " + name + " > /proc/$$/comm; true").start();
      awaitEvent(connector, "exit " + process.pid());
      assertTrue(seen.told.contains("name " + name), seen.told::toString);
    }
  }

  /** Each would be three reports; other processes of the machine do not make as many meanwhile. */
  @Test
  void threadsAreKeptOutByTheKernel() throws Exception {
    int threads = 2_000;
    try (ProcessConnector connector = ProcessConnector.open()) {
      for (int i = 0; i < threads; i++) {
        Thread thread = new Thread(() -> {});
        thread.start();
        thread.join();
      }
      int read = connector.drain(Integer.MAX_VALUE, seen, 0);
      assertTrue(read < threads, () -> read + " reports");
      assertEquals(0, connector.losses());
    }
  }

  @Test
  void aLossIsCountedAndMakesRoom() throws Exception {
    try (ProcessConnector connector = ProcessConnector.openHere(2048)) {
      LabNamespace.run("sh", "-c", "i=0; while [ $i -lt 100 ]; do (:); i=$((i+1)); done");
      connector.drain(1000, seen, 0);
      assertTrue(connector.losses() > 0);
      assertTrue(connector.queueBytes() >= 4096);
      // there is little room still, and other processes of the machine may take it
      Set<String> ends = new HashSet<>();
      while (Collections.disjoint(seen.told, ends)) {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        ends.add("exit " + process.pid());
        connector.drain(1000, seen, 0);
      }
    }
  }
}
