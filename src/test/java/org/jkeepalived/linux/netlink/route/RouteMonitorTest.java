package org.jkeepalived.linux.netlink.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jkeepalived.link.Links;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.netlink.Netlink;
import org.jkeepalived.linux.netlink.NetlinkConnection;
import org.jkeepalived.linux.netlink.ScriptedTransport;
import org.junit.jupiter.api.Test;

class RouteMonitorTest {
  private static final int UP = 0x41;
  private static final int DOWN = 0;

  private final ScriptedTransport notifications = new ScriptedTransport();
  private final ScriptedTransport kernel = new ScriptedTransport();
  private final RecordingEvents events = new RecordingEvents();
  private final Links links = new Links();
  private final List<Runnable> background = new ArrayList<>();
  private final RouteMonitor monitor =
      new RouteMonitor(
          -1, notifications, new NetlinkConnection(kernel), background::add, Runnable::run, links);

  private List<byte[]> table = List.of();

  RouteMonitorTest() {
    links.addListener(events);
    answerFromTheTable();
  }

  private void answerFromTheTable() {
    kernel.respond(
        request -> {
          ByteBuffer asked = ScriptedTransport.order(ByteBuffer.wrap(request));
          int wanted =
              asked.getShort(4) == RouteMessages.RTM_GETLINK
                  ? RouteMessages.RTM_NEWLINK
                  : RouteMessages.RTM_NEWADDR;
          List<byte[]> answers = new ArrayList<>();
          for (byte[] entry : table) {
            ByteBuffer copy = ScriptedTransport.order(ByteBuffer.wrap(entry.clone()));
            if (copy.getShort(4) == wanted) {
              answers.add(copy.putInt(8, asked.getInt(8)).array());
            }
          }
          answers.add(
              ScriptedTransport.datagram(
                  w -> w.begin(Netlink.NLMSG_DONE, 2, asked.getInt(8)).s32(0).end()));
          return answers;
        });
  }

  private static byte[] link(int type, int index, int flags) {
    return ScriptedTransport.datagram(
        w ->
            w.begin(type, 0, 0)
                .u32(1 << 16)
                .s32(index)
                .u32(flags)
                .u32(0)
                .attributeString(3, "eth" + index)
                .end());
  }

  private static byte[] linkIs(int index, int flags) {
    return link(RouteMessages.RTM_NEWLINK, index, flags);
  }

  private static byte[] address(int type, int index, int last) {
    return ScriptedTransport.datagram(
        w ->
            w.begin(type, 0, 0)
                .u8(2)
                .u8(24)
                .u16(0)
                .s32(index)
                .attribute(2, new byte[] {10, 0, 0, (byte) last})
                .end());
  }

  private List<String> told() {
    List<String> told = List.copyOf(events.told);
    events.told.clear();
    return told;
  }

  private void start(byte[]... entries) throws Exception {
    table = List.of(entries);
    monitor.start();
    told();
  }

  @Test
  void tellsLinksBeforeTheirAddressesAndTheEndOfTheList() throws Exception {
    table = List.of(linkIs(1, UP), linkIs(2, DOWN), address(RouteMessages.RTM_NEWADDR, 1, 1));
    monitor.start();
    assertEquals(
        List.of("link eth1 usable", "link eth2 unusable", "address 10.0.0.1/24", "resynchronised"),
        told());
  }

  @Test
  void tellsOnlyWhatDiffers() throws Exception {
    start(linkIs(1, UP));
    notifications.answer(linkIs(1, UP)).answer(linkIs(1, DOWN)).answer(linkIs(1, DOWN));
    assertEquals(3, monitor.drain(10));
    assertEquals(List.of("link eth1 unusable"), told());
  }

  /** An error, not only an exception, on the thread {@code links}: the next try succeeds. */
  @Test
  void readingThatFailsWhollyIsAProblemAndNoEnd() throws Exception {
    start(linkIs(1, UP));
    kernel.respond(
        request -> {
          throw new StackOverflowError("for the test");
        });
    monitor.resynchronise();
    assertThrows(StackOverflowError.class, background.remove(0)::run);
    assertTrue(monitor.problem().isPresent());
    assertEquals(List.of(), told());

    answerFromTheTable();
    table = List.of(linkIs(1, UP), linkIs(2, UP));
    monitor.resynchronise();
    background.remove(0).run();
    assertEquals(List.of("link eth2 usable", "resynchronised"), told());
    assertTrue(monitor.problem().isEmpty());
  }

  @Test
  void anAddressWaitsForItsLink() throws Exception {
    start();
    notifications.answer(address(RouteMessages.RTM_NEWADDR, 3, 1));
    monitor.drain(10);
    assertEquals(List.of(), told());
    notifications.answer(linkIs(3, UP));
    monitor.drain(10);
    assertEquals(List.of("link eth3 usable", "address 10.0.0.1/24"), told());
  }

  @Test
  void aLinkThatGoesTakesItsAddressesWithIt() throws Exception {
    start(linkIs(1, UP), address(RouteMessages.RTM_NEWADDR, 1, 1));
    notifications.answer(link(RouteMessages.RTM_DELLINK, 1, DOWN));
    monitor.drain(10);
    assertEquals(List.of("no address 10.0.0.1/24", "no link eth1"), told());
    assertEquals(List.of(), links.allAddresses());
  }

  @Test
  void readsNoMoreThanItIsAsked() throws Exception {
    start(linkIs(1, UP));
    notifications.answer(linkIs(1, DOWN)).answer(linkIs(1, UP));
    assertEquals(1, monitor.drain(1));
    assertEquals(List.of("link eth1 unusable"), told());
    assertEquals(1, monitor.drain(10));
    assertEquals(List.of("link eth1 usable"), told());
  }

  @Test
  void afterALossTellsTheDifferenceOnly() throws Exception {
    start(
        linkIs(1, UP),
        linkIs(2, UP),
        address(RouteMessages.RTM_NEWADDR, 1, 1),
        address(RouteMessages.RTM_NEWADDR, 1, 2));
    notifications.fail(Errno.ENOBUFS);
    monitor.drain(10);
    assertEquals(1, monitor.losses());
    assertEquals(List.of(), told());
    table =
        List.of(
            linkIs(1, DOWN),
            linkIs(3, UP),
            address(RouteMessages.RTM_NEWADDR, 1, 2),
            address(RouteMessages.RTM_NEWADDR, 3, 3));
    background.remove(0).run();
    assertEquals(
        List.of(
            "no address 10.0.0.1/24",
            "no link eth2",
            "link eth1 unusable",
            "link eth3 usable",
            "address 10.0.0.3/24",
            "resynchronised"),
        told());
  }

  /** The reading saw the link up; a notification from before it says down. It must not be told. */
  @Test
  void whatIsOlderThanTheReadingIsNotToldAfterIt() throws Exception {
    start(linkIs(1, UP));
    notifications.fail(Errno.ENOBUFS);
    monitor.drain(10);
    notifications.answer(linkIs(1, DOWN)).answer(linkIs(1, UP));
    table = List.of(linkIs(1, UP));
    background.remove(0).run();
    assertEquals(List.of("link eth1 unusable", "link eth1 usable", "resynchronised"), told());
    assertEquals(0, monitor.drain(10));
  }

  /** And one that is newer than the reading wins. */
  @Test
  void whatIsNewerThanTheReadingWins() throws Exception {
    start(linkIs(1, UP));
    notifications.fail(Errno.ENOBUFS);
    monitor.drain(10);
    notifications.answer(linkIs(1, DOWN));
    monitor.drain(10);
    assertEquals(List.of("link eth1 unusable"), told());
    table = List.of(linkIs(1, UP));
    background.remove(0).run();
    assertEquals(List.of("resynchronised"), told());
  }

  /** Until its queue is empty the kernel drops notifications without saying so. */
  @Test
  void readingBeginsWhenAllThatWasKeptIsRead() throws Exception {
    start(linkIs(1, UP));
    notifications.fail(Errno.ENOBUFS);
    for (int i = 0; i < 10; i++) {
      notifications.answer(linkIs(1, UP));
    }
    assertEquals(10, monitor.drain(10));
    assertTrue(background.isEmpty());
    assertEquals(1, monitor.drain(10));
    assertEquals(1, background.size());
  }

  @Test
  void aLossWhileReadingReadsOnceMore() throws Exception {
    start(linkIs(1, UP));
    notifications.fail(Errno.ENOBUFS);
    monitor.drain(10);
    assertEquals(1, background.size());
    notifications.fail(Errno.ENOBUFS);
    monitor.drain(10);
    assertEquals(1, background.size());
    background.remove(0).run();
    assertEquals(List.of(), told());
    assertEquals(1, background.size());
    background.remove(0).run();
    assertEquals(List.of("resynchronised"), told());
    assertTrue(background.isEmpty());
  }

  /** Somebody must be told: without that nothing would ever be read anew again. */
  @Test
  void whatIsRefusedIsToldOnceEachTime() throws Exception {
    List<String> refused = new ArrayList<>();
    monitor.whenRefused(() -> refused.add(monitor.problem().orElseThrow().operation()));
    start(linkIs(1, UP));
    assertEquals(List.of(), refused);
    kernel.respond(request -> List.of());
    monitor.resynchronise();
    background.remove(0).run();
    assertEquals(List.of("read links"), refused);
    notifications.fail(Errno.EINVAL);
    monitor.drain(10);
    assertEquals(List.of("read links", "read netlink notifications"), refused);
    answerFromTheTable();
    monitor.resynchronise();
    background.remove(0).run();
    assertEquals(2, refused.size());
    assertTrue(monitor.problem().isEmpty());
  }

  @Test
  void aReadingThatFailsLeavesWhatWasKnown() throws Exception {
    start(linkIs(1, UP));
    kernel.respond(request -> List.of());
    monitor.resynchronise();
    background.remove(0).run();
    assertEquals(Errno.ETIMEDOUT, monitor.problem().orElseThrow().errno());
    assertEquals(List.of(), told());
    notifications.answer(linkIs(1, DOWN));
    monitor.drain(10);
    assertEquals(List.of("link eth1 unusable"), told());
  }
}
