package org.jkeepalived.host.vrrp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.linux.netlink.route.AddressResult;
import org.jkeepalived.vrrp.AddressBook;
import org.jkeepalived.vrrp.Announcer;
import org.jkeepalived.vrrp.WarmUp;
import org.jkeepalived.vrrp.transport.DatagramSender;
import org.slf4j.helpers.NOPLogger;

/** The rooms that a failover goes through, with neither kernel nor network behind them. */
final class WarmUpStage implements WarmUp.Stage {

  private static final int PACKET_BYTES = 128;

  private final List<Runnable> answers = new ArrayList<>();
  private final KernelAddresses addresses;
  private final PacedAnnouncer announcer;

  WarmUpStage(WarmUp warmUp) {
    LinkState link =
        new LinkState(
            1,
            WarmUp.LINK,
            new byte[6],
            true,
            true,
            true,
            true,
            1500,
            LinkState.ETHERNET,
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty());
    addresses =
        new KernelAddresses(
            (requests, done) ->
                answers.add(
                    () ->
                        done.accept(
                            requests.stream()
                                .map(
                                    request ->
                                        new AddressResult(
                                            request, AddressResult.Outcome.DONE, Optional.empty()))
                                .toList())));
    addresses.links(warmUp.links());
    warmUp.links().linkChanged(link);
    announcer =
        new PacedAnnouncer(
            (index, frame) -> true,
            name -> warmUp.links().named(name),
            warmUp.timers(),
            warmUp,
            NOPLogger.NOP_LOGGER);
  }

  @Override
  public AddressBook addresses() {
    return addresses;
  }

  @Override
  public Announcer announcer() {
    return announcer;
  }

  @Override
  public DatagramSender datagrams() {
    byte[] packet = new byte[PACKET_BYTES];
    return (endpoint, payload, length) -> endpoint.wrap(payload, length, packet) > 0;
  }

  @Override
  public void endOfTurn() {
    addresses.flush();
    List<Runnable> due = List.copyOf(answers);
    answers.clear();
    due.forEach(Runnable::run);
    while (announcer.step()) {
      // a few frames a turn
    }
  }
}
