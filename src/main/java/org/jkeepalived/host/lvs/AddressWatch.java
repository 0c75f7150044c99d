package org.jkeepalived.host.lvs;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.route.LocalAddresses;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.model.ReceiveBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which addresses this machine has, for {@code ha_suspend}: at first, and whenever that has
 * changed. Lives on a loop's thread; nothing is opened before it is asked for.
 */
final class AddressWatch {

  private static final Logger LOG = LoggerFactory.getLogger(AddressWatch.class);

  private final EventLoop loop;
  private final Consumer<Set<InetAddress>> listener;
  private Optional<LocalAddresses> open = Optional.empty();

  AddressWatch(EventLoop loop, Consumer<Set<InetAddress>> listener) {
    this.loop = loop;
    this.listener = listener;
  }

  /**
   * From now on the listener is told; at once, the first time.
   *
   * @param room for reports that were not read yet; never less than it takes by itself
   */
  void begin(ReceiveBuffer room) {
    if (open.isEmpty()) {
      open();
    }
    open.ifPresent(addresses -> addresses.makeRoom(room.atLeast(LocalAddresses.QUEUE_BYTES)));
  }

  private void open() {
    try {
      LocalAddresses addresses = LocalAddresses.open();
      open = Optional.of(addresses);
      loop.watch(
          addresses.fd(),
          () -> {
            addresses.drain();
            tell(addresses);
          });
      tell(addresses);
    } catch (SystemCallException e) {
      LOG.error("ha_suspend does not work, its checks do not run: {}", e.getMessage());
    }
  }

  private void tell(LocalAddresses addresses) {
    try {
      listener.accept(addresses.read());
    } catch (SystemCallException e) {
      LOG.warn("ha_suspend: {}", e.getMessage());
    }
  }

  void close() {
    open.ifPresent(
        addresses -> {
          loop.forget(addresses.fd());
          addresses.close();
        });
    open = Optional.empty();
  }
}
