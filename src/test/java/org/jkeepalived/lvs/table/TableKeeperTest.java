package org.jkeepalived.lvs.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.TracedLog;
import org.jkeepalived.lvs.mark.PacketMarks;
import org.jkeepalived.lvs.table.TableAnswer.Outcome;
import org.jkeepalived.model.lvs.Forwarding;
import org.jkeepalived.model.lvs.Protocol;
import org.jkeepalived.model.lvs.ServerAddress;
import org.jkeepalived.model.lvs.TableSettings.Timeouts;
import org.junit.jupiter.api.Test;

class TableKeeperTest {

  private static final ServiceSettings RR = new ServiceSettings("rr", 0, false, Optional.empty());
  private static final ServiceSettings WLC = new ServiceSettings("wlc", 0, false, Optional.empty());
  private static final ServiceKey WEB = key("10.9.0.101");
  private static final ServiceKey MAIL = key("10.9.0.102");

  private final Kernel kernel = new Kernel();
  private final List<String> lines = new ArrayList<>();
  private final TableKeeper keeper = new TableKeeper(kernel, TracedLog.plain(lines::add));

  /** A kernel that answers when it is told to. */
  private static final class Kernel implements IpvsTable {

    @Override
    public PacketMarks marks() {
      throw new AssertionError("nobody marks packets here");
    }

    private final Deque<List<TableChange>> asked = new ArrayDeque<>();
    private final Deque<Consumer<List<TableAnswer>>> answers = new ArrayDeque<>();
    private final Deque<Consumer<Reading>> readings = new ArrayDeque<>();
    private int hurries;

    @Override
    public void change(List<TableChange> changes, Consumer<List<TableAnswer>> done) {
      asked.add(List.copyOf(changes));
      answers.add(done);
    }

    @Override
    public void read(Consumer<Reading> done) {
      readings.add(done);
    }

    @Override
    public void hurry() {
      hurries++;
    }

    @Override
    public void setTimeouts(Timeouts timeouts, Consumer<Optional<KernelError>> done) {}

    @Override
    public void flush(Consumer<Optional<KernelError>> done) {}

    void has(TableService... services) {
      readings.remove().accept(new Reading(List.of(services), Optional.empty()));
    }

    /** Answers the oldest question, each change alike; what was asked. */
    String answer(Outcome outcome) {
      List<TableChange> changes = asked.remove();
      Optional<KernelError> error =
          outcome == Outcome.DONE
              ? Optional.empty()
              : Optional.of(new KernelError(22, "Invalid argument"));
      answers
          .remove()
          .accept(changes.stream().map(one -> new TableAnswer(one, outcome, error)).toList());
      return String.join("; ", changes.stream().map(TableText::of).toList());
    }
  }

  private static ServerAddress at(String address) {
    try {
      return new ServerAddress(InetAddress.getByName(address), 80);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static ServiceKey key(String address) {
    return new ServiceKey.ByAddress(at(address), Protocol.TCP);
  }

  private static TableService service(ServiceKey key, ServiceSettings settings, String... servers) {
    Map<ServerAddress, DestinationSettings> destinations = new LinkedHashMap<>();
    for (String server : servers) {
      String[] parts = server.split("x");
      destinations.put(
          at("10.9.0." + parts[0]),
          new DestinationSettings(Forwarding.NAT, Long.parseLong(parts[1]), 0, 0));
    }
    return new TableService(key, settings, destinations);
  }

  private void start(TableService wanted) {
    keeper.want(wanted);
    keeper.start(List.of());
    kernel.has();
    kernel.answer(Outcome.DONE);
  }

  @Test
  void nothingIsWrittenBeforeTheTableIsRead() {
    keeper.want(service(WEB, RR, "11x1"));
    keeper.settle();
    assertTrue(kernel.asked.isEmpty());
    keeper.start(List.of());
    assertTrue(kernel.asked.isEmpty());
    kernel.has();
    assertEquals(
        "add service [10.9.0.101]:tcp:80; add [10.9.0.11]:tcp:80 to service [10.9.0.101]:tcp:80",
        kernel.answer(Outcome.DONE));
    assertTrue(keeper.isSettled());
  }

  @Test
  void oneWeightIsOneMessage() {
    start(service(WEB, RR, "11x1", "12x1", "13x1"));
    keeper.want(service(WEB, RR, "11x1", "12x5", "13x1"));
    keeper.settle();
    assertEquals(
        "change [10.9.0.12]:tcp:80 of service [10.9.0.101]:tcp:80", kernel.answer(Outcome.DONE));
    keeper.want(service(WEB, RR, "11x1", "12x5", "13x1"));
    keeper.settle();
    assertTrue(kernel.asked.isEmpty());
  }

  @Test
  void serversComeBeforeOthersGo() {
    start(service(WEB, RR, "11x1"));
    keeper.want(service(WEB, WLC, "99x1"));
    keeper.settle();
    assertEquals(
        "change service [10.9.0.101]:tcp:80;"
            + " add [10.9.0.99]:tcp:80 to service [10.9.0.101]:tcp:80;"
            + " remove [10.9.0.11]:tcp:80 from service [10.9.0.101]:tcp:80",
        kernel.answer(Outcome.DONE));
  }

  @Test
  void whatIsWantedMeanwhileGoesWithTheNextBatch() {
    start(service(WEB, RR, "11x1"));
    keeper.want(service(WEB, RR, "11x2"));
    keeper.settle();
    keeper.want(service(WEB, RR, "11x3"));
    keeper.settle();
    assertEquals(1, kernel.asked.size());
    kernel.answer(Outcome.DONE);
    kernel.answer(Outcome.DONE);
    assertTrue(keeper.isSettled());
  }

  @Test
  void whatAnEarlierRunLeftGoesAndWhatIsWantedStays() {
    keeper.want(service(WEB, RR, "11x1"));
    keeper.start(List.of(WEB, MAIL));
    kernel.has(
        service(WEB, RR, "11x1"),
        service(MAIL, RR, "11x1"),
        service(key("10.9.0.200"), RR, "11x1"));
    assertEquals("remove service [10.9.0.102]:tcp:80", kernel.answer(Outcome.DONE));
    assertTrue(keeper.isSettled());
  }

  @Test
  void aRefusalIsToldOnceAndTriedAgainByAComparison() {
    keeper.want(service(WEB, RR, "11x1"));
    keeper.start(List.of());
    kernel.has();
    kernel.answer(Outcome.REFUSED);
    List<String> told =
        List.of(
            "IPVS: cannot add service [10.9.0.101]:tcp:80: Invalid argument (and 1 more changes)");
    assertEquals(told, lines);
    assertEquals(Optional.of("Invalid argument"), keeper.refusal(WEB));
    assertTrue(kernel.asked.isEmpty());
    keeper.compare();
    kernel.has();
    kernel.answer(Outcome.REFUSED);
    assertEquals(told, lines);
    keeper.compare();
    kernel.has();
    kernel.answer(Outcome.DONE);
    assertEquals(Optional.empty(), keeper.refusal(WEB));
  }

  @Test
  void whatOthersChangeIsPutRightAndSaid() {
    start(service(WEB, RR, "11x1", "12x1"));
    keeper.compare();
    kernel.has(service(WEB, RR, "11x1", "12x1"), service(MAIL, RR, "11x1"));
    assertTrue(kernel.asked.isEmpty());
    keeper.compare();
    kernel.has(service(WEB, RR, "11x7", "13x1"), service(MAIL, RR, "11x1"));
    assertEquals(
        "change [10.9.0.11]:tcp:80 of service [10.9.0.101]:tcp:80;"
            + " add [10.9.0.12]:tcp:80 to service [10.9.0.101]:tcp:80;"
            + " remove [10.9.0.13]:tcp:80 from service [10.9.0.101]:tcp:80",
        kernel.answer(Outcome.DONE));
    keeper.compare();
    kernel.has();
    kernel.answer(Outcome.DONE);
    assertEquals(
        List.of(
            "Service [10.9.0.101]:tcp:80 had real server [10.9.0.11]:tcp:80 changed by somebody"
                + " else, putting it right",
            "Service [10.9.0.101]:tcp:80 was removed by somebody else, putting it right"),
        lines);
  }

  @Test
  void aComparisonIsGivenUpForAChange() {
    start(service(WEB, RR, "11x1", "12x1"));
    keeper.compare();
    keeper.settle();
    assertEquals(0, kernel.hurries);
    keeper.want(service(WEB, RR, "12x1"));
    keeper.settle();
    assertEquals(1, kernel.hurries);
    kernel
        .readings
        .remove()
        .accept(new IpvsTable.Reading(List.of(), Optional.of(new KernelError(0, "given up"))));
    assertEquals(
        "remove [10.9.0.11]:tcp:80 from service [10.9.0.101]:tcp:80", kernel.answer(Outcome.DONE));
    assertEquals(List.of(), lines);
  }

  @Test
  void aComparisonIsGivenUpForWhoWaits() {
    start(service(WEB, RR, "11x1"));
    keeper.compare();
    boolean[] stopped = {false};
    keeper.afterwards(() -> stopped[0] = true);
    keeper.settle();
    assertEquals(1, kernel.hurries);
    kernel
        .readings
        .remove()
        .accept(new IpvsTable.Reading(List.of(), Optional.of(new KernelError(0, "given up"))));
    assertTrue(stopped[0]);
  }

  @Test
  void aTableThatWasEmptiedTakesAFewLines() {
    for (int i = 1; i <= 50; i++) {
      keeper.want(service(key("10.9.1." + i), RR, "11x1"));
    }
    keeper.start(List.of());
    kernel.has();
    kernel.answer(Outcome.DONE);
    keeper.compare();
    kernel.has();
    assertEquals(11, lines.size());
    assertEquals("40 more services were changed by somebody else, too", lines.get(10));
  }

  @Test
  void aSurpriseIsLookedAtOnce() {
    keeper.want(service(WEB, RR, "11x1"));
    keeper.start(List.of());
    kernel.has();
    kernel.answer(Outcome.ALREADY_THERE);
    // somebody was faster: what is there is looked at
    kernel.has(service(WEB, WLC, "11x1"));
    assertEquals("change service [10.9.0.101]:tcp:80", kernel.answer(Outcome.NOT_THERE));
    assertTrue(kernel.readings.isEmpty(), "one who always changes it would keep us busy");
    keeper.compare();
    kernel.has(service(WEB, WLC, "11x1"));
    kernel.answer(Outcome.DONE);
    assertTrue(keeper.isSettled());
  }

  @Test
  void aSurpriseIsLookedAtAgainIfTheLookWasGivenUp() {
    keeper.want(service(WEB, RR, "11x1"));
    keeper.start(List.of());
    kernel.has();
    kernel.answer(Outcome.ALREADY_THERE);
    keeper.want(service(WEB, RR, "11x0"));
    keeper.settle();
    assertEquals(1, kernel.hurries);
    kernel
        .readings
        .remove()
        .accept(new IpvsTable.Reading(List.of(), Optional.of(new KernelError(0, "given up"))));
    kernel.answer(Outcome.ALREADY_THERE);
    kernel.has(service(WEB, RR, "11x1"));
    assertEquals(
        "change [10.9.0.11]:tcp:80 of service [10.9.0.101]:tcp:80", kernel.answer(Outcome.DONE));
    assertTrue(keeper.isSettled());
  }

  @Test
  void whoWaitsHearsWhenTheKernelHasAnswered() {
    start(service(WEB, RR, "11x1"));
    List<String> heard = new ArrayList<>();
    keeper.afterwards(() -> heard.add("at once"));
    keeper.want(service(WEB, RR));
    keeper.afterwards(() -> heard.add("first"));
    keeper.settle();
    keeper.want(service(WEB, RR, "11x1"));
    keeper.afterwards(() -> heard.add("second"));
    keeper.settle();
    assertEquals(List.of("at once"), heard);
    kernel.answer(Outcome.DONE);
    assertEquals(List.of("at once", "first"), heard);
    assertFalse(keeper.isSettled());
    kernel.answer(Outcome.DONE);
    assertEquals(List.of("at once", "first", "second"), heard);
  }
}
