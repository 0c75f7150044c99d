package org.jkeepalived.host.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jkeepalived.linux.LabNamespace;
import org.jkeepalived.linux.LinkProbe;
import org.jkeepalived.linux.LinkProbe.Answer;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.model.LinkWatch.Polling;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real links; those of the kernel know ETHTOOL and IOCTL, but no MII. */
@Tag("lab")
class LinkPollingLabTest {

  private static final long PATIENCE_SECONDS = 30;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  private static LinkWatch watch(Map<String, Polling> polled) {
    return new LinkWatch(Map.of(), polled);
  }

  private void assertTold(String expected) throws Exception {
    assertEquals(expected, told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  void linksAreAskedEverySecond() throws Exception {
    try (LabNamespace namespace = new LabNamespace()) {
      namespace.vethPair("eth0", "peer0");
      Map<String, Polling> polled = new LinkedHashMap<>();
      polled.put("eth0", Polling.MII);
      polled.put("none", Polling.ANY);
      LinkPolling polling =
          namespace.call(
              () -> {
                LinkPolling made =
                    new LinkPolling(
                        TestOwners.make(),
                        Runnable::run,
                        (link, running) -> told.add(link + " " + running));
                made.reload(watch(polled));
                return made;
              });
      try (polling) {
        assertTold("eth0 true");
        namespace.ip("link", "set", "peer0", "down");
        assertTold("eth0 false");
        namespace.ip("link", "set", "peer0", "up");
        assertTold("eth0 true");
        namespace.vethPair("none", "peer1");
        assertTold("none true");
        namespace.ip("link", "del", "none");
        namespace.vethPair("none", "peer1");
        namespace.ip("link", "set", "none", "down");
        String next = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        // the link may have been made again and not set down yet, or not missed at all
        assertEquals("none false", next.equals("none true") ? told.take() : next);

        polled.put("eth0", Polling.IOCTL);
        polling.reload(watch(polled));
        assertTold("eth0 true");
        namespace.ip("link", "set", "eth0", "down");
        assertTold("eth0 false");
        polling.reload(LinkWatch.KERNEL);
      }
    }
  }

  /** An error, not only an exception: the links are polled on. */
  @Test
  void theThreadLinkbeatOutlivesAnError() throws Exception {
    TestOwners process = new TestOwners();
    AtomicBoolean failing = new AtomicBoolean(true);
    Executor vrrp =
        step -> {
          if (failing.getAndSet(false)) {
            throw new StackOverflowError("for the test");
          }
          step.run();
        };
    try (LabNamespace namespace = new LabNamespace()) {
      namespace.vethPair("eth0", "peer0");
      Map<String, Polling> polled = new LinkedHashMap<>();
      polled.put("eth0", Polling.ANY);
      polled.put("peer0", Polling.ANY);
      LinkPolling polling =
          namespace.call(
              () -> {
                LinkPolling made =
                    new LinkPolling(
                        process.owners(), vrrp, (link, running) -> told.add(link + " " + running));
                made.reload(watch(polled));
                return made;
              });
      try (polling) {
        assertTold("peer0 true");
        namespace.ip("link", "set", "eth0", "down");
        Set<String> both =
            Set.of(
                told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS),
                told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertEquals(Set.of("eth0 false", "peer0 false"), both);
        assertEquals("linkbeat", process.owners().states().get(0).name());
        assertEquals(1, process.owners().states().get(0).failures());
      }
      assertFalse(process.haveEndedTheProcess());
    }
  }

  @Test
  void driversAnswerWhatTheyKnow() throws Exception {
    try (LabNamespace namespace = new LabNamespace()) {
      namespace.vethPair("eth0", "peer0");
      try (LinkProbe probe = namespace.call(LinkProbe::open)) {
        assertEquals(Answer.UNSUPPORTED, probe.ask("eth0", Polling.MII));
        assertEquals(Answer.RUNNING, probe.ask("eth0", Polling.ETHTOOL));
        assertEquals(Answer.RUNNING, probe.ask("eth0", Polling.IOCTL));
        namespace.ip("link", "set", "peer0", "down");
        assertEquals(Answer.NOT_RUNNING, probe.ask("eth0", Polling.ETHTOOL));
        assertEquals(Answer.NOT_RUNNING, probe.ask("eth0", Polling.IOCTL));
        for (String missing : new String[] {"none", "a-name-that-is-too-long", ""}) {
          assertEquals(Answer.NO_LINK, probe.ask(missing, Polling.ETHTOOL), missing);
          assertEquals(Answer.NO_LINK, probe.ask(missing, Polling.IOCTL), missing);
        }
      }
    }
  }
}
