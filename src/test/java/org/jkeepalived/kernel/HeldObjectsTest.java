package org.jkeepalived.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jkeepalived.kernel.KernelResult.Outcome;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkEvents;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.link.TestLinks;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.vrrp.TestInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeldObjectsTest {

  private static final int ETH0 = 5;
  private static final VirtualAddress A = virtual("10.0.0.1", "eth0", "");
  private static final VirtualAddress B = virtual("10.0.0.2", "eth0", "");

  private final List<String> told = new ArrayList<>();
  private final ScriptedQueue queue = new ScriptedQueue();
  private final Links links = new Links();
  private final HeldObjects objects = new HeldObjects(queue, links, told::add);
  private final Owner one = new Owner("one");
  private final Owner two = new Owner("two");

  /** As the daemon wires it: links learn first. */
  private final class Forward implements LinkEvents {
    @Override
    public void addressRemoved(LinkAddress address) {
      objects.removed(KernelAddress.key(address));
    }

    @Override
    public void resynchronised() {
      objects.resynchronised(KernelObject.Kind.ADDRESS, KernelAddress.presentKeys(links));
    }
  }

  private final class Owner implements KernelBook.Holder {
    private final String name;

    Owner(String name) {
      this.name = name;
    }

    @Override
    public void objectLost(KernelObject object) {
      told.add(name + " lost " + object.name());
    }

    void add(VirtualAddress... wanted) {
      objects.add(
          this, KernelAddress.of(List.of(wanted)), refused -> told.add(name + " " + said(refused)));
    }

    private String said(List<Refusal> refused) {
      return refused.isEmpty()
          ? "has them"
          : refused.stream().map(Refusal::reason).collect(Collectors.joining(", "));
    }

    void remove(VirtualAddress... unwanted) {
      objects.remove(this, KernelAddress.of(List.of(unwanted)));
    }
  }

  @BeforeEach
  void connect() {
    links.addListener(new Forward());
    links.linkChanged(link(ETH0, "eth0"));
  }

  @Test
  void turnIsOneBatchInItsOrder() {
    one.add(A);
    two.add(B);
    one.remove(A);
    flush();
    assertEquals(
        List.of(
            List.of(
                "add 10.0.0.1/24 to eth0",
                "add 10.0.0.2/24 to eth0",
                "remove 10.0.0.1/24 from eth0")),
        queue.pending());
    assertTrue(objects.isBusy());
    queue.answer(Outcome.DONE, Outcome.ALREADY_THERE, Outcome.DONE);
    assertEquals(List.of("one has them", "two has them"), told);
    assertFalse(objects.isBusy());
  }

  @Test
  void refusalConcernsOnlyWhoAsked() {
    one.add(A);
    two.add(B);
    flush();
    queue.answer(Outcome.REFUSED, Outcome.DONE);
    assertEquals(
        List.of("one cannot add 10.0.0.1/24 to eth0: Invalid argument", "two has them"), told);
  }

  @Test
  void addressOnALinkThatDoesNotExistIsRefusedWithTheReason() {
    one.add(A, virtual("10.0.0.9", "eth9", ""));
    flush();
    queue.answer(Outcome.DONE);
    assertEquals(List.of("one cannot add 10.0.0.9: interface eth9 does not exist"), told);
  }

  @Test
  void answerThatNeedsNoKernelDoesNotOvertakeOneThatDoes() {
    one.add(A);
    flush();
    one.add(virtual("10.0.0.9", "eth9", ""));
    flush();
    assertEquals(List.of(), told);
    queue.answer(Outcome.DONE);
    queue.answer();
    assertEquals(
        List.of("one has them", "one cannot add 10.0.0.9: interface eth9 does not exist"), told);
  }

  @Test
  void answerThatNeedsNoKernelComesAtOnceWhenNothingIsOutstanding() {
    one.add();
    flush();
    assertEquals(List.of("one has them"), told);
    assertEquals(List.of(), queue.pending());
  }

  @Test
  void addressOfTwoStaysUntilTheLastLetsGo() {
    take(one, A);
    take(two, A);
    one.remove(A);
    flush();
    assertEquals(List.of(), queue.pending());
    two.remove(A);
    flush();
    assertEquals(List.of(List.of("remove 10.0.0.1/24 from eth0")), queue.pending());
  }

  @Test
  void addressThatMovesInOneTurnIsNeverRemoved() {
    take(one, A);
    one.remove(A);
    two.add(A);
    flush();
    assertEquals(List.of(List.of("add 10.0.0.1/24 to eth0")), queue.pending());
    queue.answer(Outcome.ALREADY_THERE);
    assertEquals(List.of("two has them"), told);
    // no removal of our own is expected any more
    kernelRemoves(A);
    flush();
    assertEquals(List.of("two has them", "two lost 10.0.0.1"), told);
  }

  @Test
  void refusalOfAnAddressThatMovesReachesTheNewOne() {
    take(one, A);
    one.remove(A);
    two.add(A);
    flush();
    queue.answer(Outcome.REFUSED);
    assertEquals(List.of("two cannot add 10.0.0.1/24 to eth0: Invalid argument"), told);
  }

  @Test
  void addressWithAnotherLabelIsMadeAnew() {
    VirtualAddress labelled = virtual("10.0.0.1", "eth0", "eth0:1");
    take(one, A);
    one.remove(A);
    one.add(labelled);
    flush();
    assertEquals(
        List.of(List.of("remove 10.0.0.1/24 from eth0", "add 10.0.0.1/24 to eth0")),
        queue.pending());
    queue.answer(Outcome.DONE, Outcome.DONE);
    told.clear();
    kernelRemoves(A);
    flush();
    assertEquals(List.of(), told, "our own removal");
    kernelRemoves(A);
    flush();
    assertEquals(List.of("one lost 10.0.0.1"), told);
  }

  @Test
  void removalByOthersIsTold() {
    take(one, A, B);
    kernelRemoves(B);
    flush();
    assertEquals(List.of("one lost 10.0.0.2"), told);
  }

  @Test
  void removalByOthersIsToldToAllWhoHoldIt() {
    take(one, A);
    take(two, A);
    kernelRemoves(A);
    flush();
    assertEquals(List.of("one lost 10.0.0.1", "two lost 10.0.0.1"), told);
  }

  @Test
  void ownRemovalIsNotTold() {
    take(one, A);
    one.remove(A);
    flush();
    one.add(A);
    flush();
    queue.answer(Outcome.DONE);
    kernelRemoves(A);
    queue.answer(Outcome.DONE);
    flush();
    assertEquals(List.of("one has them"), told);
  }

  @Test
  void removalOfWhatWasNotThereIsNotWaitedFor() {
    take(one, A);
    one.remove(A);
    flush();
    queue.answer(Outcome.NOT_THERE);
    take(one, A);
    kernelRemoves(A);
    flush();
    assertEquals(List.of("one lost 10.0.0.1"), told);
  }

  @Test
  void ownRemovalWhoseNotificationWasLostIsNotWaitedFor() {
    take(one, A);
    one.remove(A);
    flush();
    queue.answer(Outcome.DONE);
    links.resynchronised();
    take(one, A);
    kernelRemoves(A);
    flush();
    assertEquals(List.of("one lost 10.0.0.1"), told);
  }

  @Test
  void removalThatIsNotYetHandedOverIsStillExpectedAfterLostNotifications() {
    take(one, A);
    one.remove(A);
    links.resynchronised();
    flush();
    queue.answer(Outcome.DONE);
    one.add(A);
    flush();
    kernelRemoves(A);
    queue.answer(Outcome.DONE);
    flush();
    assertEquals(List.of("one has them"), told);
  }

  @Test
  void whatIsMissingAfterLostNotificationsIsTold() {
    take(one, A, B);
    links.addressAdded(kernel(A, ETH0));
    links.resynchronised();
    flush();
    assertEquals(List.of("one lost 10.0.0.2"), told);
  }

  @Test
  void oneWhoseLinkGoesAndWhoLetsGoIsNotTold() {
    take(one, A);
    kernelRemoves(A);
    links.linkRemoved(link(ETH0, "eth0"));
    one.remove(A);
    flush();
    assertEquals(List.of(), told);
    assertEquals(0, objects.size());
  }

  @Test
  void oneWhoHoldsAnAddressOnALinkThatGoesIsTold() {
    take(one, A);
    kernelRemoves(A);
    links.linkRemoved(link(ETH0, "eth0"));
    flush();
    assertEquals(List.of("one lost 10.0.0.1"), told);
    assertEquals(0, objects.size());
    one.add(A);
    flush();
    assertEquals("one cannot add 10.0.0.1: interface eth0 does not exist", told.get(1));
  }

  @Test
  void linkThatWasMadeAgainHasTheAddressUnderItsNewIndex() {
    take(one, A);
    links.linkRemoved(link(ETH0, "eth0"));
    links.linkChanged(link(9, "eth0"));
    one.remove(A);
    one.add(A);
    flush();
    // the old link's is removed from where it was, which the kernel answers for
    queue.answer(Outcome.NOT_THERE, Outcome.DONE);
    assertEquals(List.of("one has them"), told);
    comeAndGo(kernel(A, 9));
    flush();
    assertEquals(List.of("one has them", "one lost 10.0.0.1"), told);
  }

  @Test
  void oneWhoLosesManyAndAsksForAllEachTimeAsksForEachOnce() {
    VirtualAddress[] many =
        IntStream.range(0, 200)
            .mapToObj(i -> virtual("10.0.1." + i, "eth0", ""))
            .toArray(VirtualAddress[]::new);
    for (int i = 0; i < many.length; i++) {
      one.add(many);
    }
    flush();
    assertEquals(many.length, queue.pending().get(0).size());
  }

  @Test
  void peersWithTheSameAddressAreNotTakenForEachOther() {
    VirtualAddress peer =
        new VirtualAddress(
            TestInstance.address("10.0.0.1"),
            32,
            "eth0",
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.of(new VirtualAddress.Peer(TestInstance.address("10.9.9.9"), 24)),
            Set.of(),
            true,
            OptionalLong.empty());
    take(one, peer);
    kernelRemoves(A);
    flush();
    assertEquals(List.of(), told);
    comeAndGo(
        new LinkAddress(
            ETH0,
            peer.address(),
            24,
            Optional.of(TestInstance.address("10.9.9.9")),
            Optional.empty(),
            0,
            false,
            Optional.empty()));
    flush();
    assertEquals(List.of("one lost 10.0.0.1"), told);
  }

  @Test
  void whatSomebodyHoldsIsNotRemovedForThoseWhoDoNot() {
    take(one, A);
    links.addressAdded(kernel(A, ETH0));
    links.addressAdded(kernel(B, ETH0));
    List<PlacedObject> removed = objects.removeUnheld(KernelAddress.present(links));
    assertEquals(List.of("10.0.0.2"), removed.stream().map(each -> each.object().name()).toList());
    flush();
    assertEquals(List.of(List.of("remove 10.0.0.2/24 from eth0")), queue.pending());
    queue.answer(Outcome.DONE);
    // the kernel tells of our own removal, and nobody is told
    kernelRemoves(B);
    flush();
    assertEquals(List.of(), told);
  }

  @Test
  void staleObjectsAreRemovedAndTheEndIsTold() {
    links.addressAdded(kernel(A, ETH0));
    objects.removeStale(KernelAddress.present(links), () -> told.add("done"));
    flush();
    assertEquals(List.of(List.of("remove 10.0.0.1/24 from eth0")), queue.pending());
    queue.answer(Outcome.DONE);
    assertEquals(List.of("done"), told);
  }

  private void take(Owner owner, VirtualAddress... wanted) {
    owner.add(wanted);
    flush();
    Outcome[] done = new Outcome[wanted.length];
    java.util.Arrays.fill(done, Outcome.DONE);
    queue.answer(done);
    told.clear();
  }

  private void flush() {
    assertFalse(objects.flush());
  }

  private void kernelRemoves(VirtualAddress address) {
    comeAndGo(kernel(address, ETH0));
  }

  /** What was never there is not told as gone. */
  private void comeAndGo(LinkAddress address) {
    links.addressAdded(address);
    links.addressRemoved(address);
  }

  private static LinkAddress kernel(VirtualAddress address, int index) {
    return new LinkAddress(
        index,
        address.address(),
        address.prefixLength(),
        Optional.empty(),
        Optional.empty(),
        0,
        false,
        Optional.empty());
  }

  private static LinkState link(int index, String name) {
    return new LinkState(
        index,
        name,
        new byte[6],
        TestLinks.UP,
        1500,
        LinkState.ETHERNET,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  private static VirtualAddress virtual(String address, String device, String label) {
    return new VirtualAddress(
        TestInstance.address(address),
        24,
        device,
        Optional.empty(),
        0,
        Optional.of(label).filter(text -> !text.isEmpty()),
        Optional.empty(),
        Set.of(),
        true,
        OptionalLong.empty());
  }
}
