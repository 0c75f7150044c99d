package org.jkeepalived.linux.netlink.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jkeepalived.linux.LabNamespace;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.Poller;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("lab")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LocalAddressesLabTest {

  private static final long DEADLINE_NANOS = 10_000_000_000L;

  /** More than the queue of notifications holds. */
  private static final int MANY = 4_000;

  @TempDir Path folder;

  /** Waits until there is something to look at, and takes note of it; whether there was. */
  private static boolean isTold(LocalAddresses addresses, Poller poller, long nanos)
      throws Exception {
    boolean[] told = {false};
    poller.add(addresses.fd(), () -> told[0] = true);
    long start = System.nanoTime();
    do {
      poller.poll(nanos);
    } while (!told[0] && System.nanoTime() - start < nanos);
    poller.remove(addresses.fd());
    addresses.drain();
    return told[0];
  }

  /** {@code lvs_netlink_monitor_rcv_bufs}; the kernel counts twice as much. */
  @Test
  void hasAsMuchRoomAsItIsGiven() throws Exception {
    int option = 8; // SO_RCVBUF
    try (LocalAddresses all = LocalAddresses.open()) {
      assertEquals(
          2 * LocalAddresses.QUEUE_BYTES, Libc.getSocketOption(all.fd(), Libc.SOL_SOCKET, option));
      all.makeRoom(3_000_000);
      assertEquals(6_000_000, Libc.getSocketOption(all.fd(), Libc.SOL_SOCKET, option));
    }
  }

  private static Set<String> read(LocalAddresses addresses) throws Exception {
    return addresses.read().stream()
        .map(InetAddress::getHostAddress)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Each step is told of, and what it has changed is read; nothing is told without one. */
  private static void after(
      LocalAddresses addresses, Poller poller, Callable<?> step, String... expected)
      throws Exception {
    assertFalse(isTold(addresses, poller, 0), "nothing has happened");
    step.call();
    assertTrue(isTold(addresses, poller, DEADLINE_NANOS), "something has happened");
    long start = System.nanoTime();
    while (!read(addresses).equals(Set.of(expected))
        && System.nanoTime() - start < DEADLINE_NANOS) {
      isTold(addresses, poller, DEADLINE_NANOS / 10);
    }
    assertEquals(new TreeSet<>(Set.of(expected)), read(addresses));
    // what belonged to it has arrived by now: the table is changed before it is told
    addresses.drain();
  }

  @Test
  void tellsOfAddressesThatComeAndGoWithWhateverTheyGo() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      space.exec("sysctl", "-qw", "net.ipv6.conf.a0.addr_gen_mode=1");
      space.ip("-6", "address", "flush", "scope", "link");
      space.call(
          () -> {
            try (Poller poller = new Poller();
                LocalAddresses all = LocalAddresses.open()) {
              String lo4 = "127.0.0.1";
              String lo6 = "0:0:0:0:0:0:0:1";
              assertEquals(Set.of(lo4, lo6), read(all));
              String one = "10.9.0.1";
              after(
                  all,
                  poller,
                  () -> space.ip("addr", "add", "10.9.0.1/24", "dev", "a0"),
                  lo4,
                  lo6,
                  one);
              String six = "fd00:9:0:0:0:0:0:1";
              after(
                  all,
                  poller,
                  () -> space.ip("addr", "add", "fd00:9::1/64", "dev", "a0", "nodad"),
                  lo4,
                  lo6,
                  one,
                  six);
              after(
                  all,
                  poller,
                  () -> space.ip("addr", "add", "10.8.0.1", "peer", "10.8.0.2/32", "dev", "a0"),
                  lo4,
                  lo6,
                  one,
                  six,
                  "10.8.0.1");
              after(
                  all,
                  poller,
                  () -> space.ip("addr", "del", "10.9.0.1/24", "dev", "a0"),
                  lo4,
                  lo6,
                  six,
                  "10.8.0.1");
              after(all, poller, () -> space.ip("link", "del", "a0"), lo4, lo6);
            }
            return null;
          });
    }
  }

  @Test
  void losesNothingOfManyAtOnce() throws Exception {
    StringBuilder batch = new StringBuilder();
    for (int i = 0; i < MANY; i++) {
      batch.append("address add 10.9.").append(i / 200).append('.').append(1 + i % 200);
      batch.append("/32 dev a0\n");
    }
    Path file = Files.writeString(folder.resolve("batch"), batch);
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      space.call(
          () -> {
            try (Poller poller = new Poller();
                LocalAddresses all = LocalAddresses.open()) {
              int before = all.read().size();
              space.ip("-batch", file.toString());
              assertTrue(isTold(all, poller, DEADLINE_NANOS), "they have come");
              assertEquals(before + MANY, all.read().size());
              assertFalse(isTold(all, poller, 0), "all of it was taken note of");

              space.ip("address", "del", "10.9.0.1/32", "dev", "a0");
              assertTrue(isTold(all, poller, DEADLINE_NANOS), "it hears on");
              space.ip("link", "del", "a0");
              assertTrue(isTold(all, poller, DEADLINE_NANOS), "they have gone");
              assertFalse(read(all).contains("10.9.0.2"));
            }
            return null;
          });
    }
  }

  @Test
  void anotherNamespaceIsNotItsConcern() throws Exception {
    try (LabNamespace space = new LabNamespace();
        LabNamespace other = new LabNamespace()) {
      space.vethPair("a0", "b0");
      other.vethPair("a0", "b0");
      space.call(
          () -> {
            try (Poller poller = new Poller();
                LocalAddresses all = LocalAddresses.open()) {
              other.ip("address", "add", "10.9.0.1/24", "dev", "a0");
              space.ip("address", "add", "10.9.0.2/24", "dev", "a0");
              assertTrue(isTold(all, poller, DEADLINE_NANOS), "its own");
              assertTrue(read(all).contains("10.9.0.2"));
              assertFalse(read(all).contains("10.9.0.1"));
              other.ip("address", "add", "10.9.0.3/24", "dev", "a0");
              assertFalse(isTold(all, poller, 0), "the other's");
            }
            return null;
          });
    }
  }
}
