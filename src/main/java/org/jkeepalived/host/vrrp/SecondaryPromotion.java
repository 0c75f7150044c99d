package org.jkeepalived.host.vrrp;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.route.LinkSettings;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.VrrpInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code promote_secondaries}: without it the kernel removes every address of a subnet with the
 * first one. Set on an instance's link while the daemon runs, and put back as it was at the end.
 *
 * <p>Lives on the thread for what may wait for the kernel's routing lock.
 */
final class SecondaryPromotion implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SecondaryPromotion.class);

  private final Map<Integer, Integer> original = new HashMap<>();
  private final Set<Integer> failed = new HashSet<>();

  /** The links that the configuration wants it on. */
  static Set<String> links(Configuration configuration) {
    Set<String> links = new HashSet<>();
    for (VrrpInstance instance : configuration.instances()) {
      if (instance.addresses().promoteSecondaries()) {
        links.add(instance.key().interfaceName());
      }
    }
    return Set.copyOf(links);
  }

  /** Sets it on a link; again changes nothing. */
  void set(int linkIndex) {
    if (original.containsKey(linkIndex) || failed.contains(linkIndex)) {
      return;
    }
    try (LinkSettings settings = LinkSettings.open()) {
      OptionalInt before = settings.read(linkIndex, LinkSettings.Setting.PROMOTE_SECONDARIES);
      if (before.isPresent() && before.getAsInt() == 0) {
        settings
            .write(linkIndex, LinkSettings.Setting.PROMOTE_SECONDARIES, 1)
            .ifPresent(
                error -> {
                  failed.add(linkIndex);
                  LOG.warn("promote_secondaries: {}", error);
                });
      }
      before.ifPresent(value -> original.put(linkIndex, value));
    } catch (SystemCallException e) {
      failed.add(linkIndex);
      LOG.warn("promote_secondaries: {}", e.error());
    }
  }

  /** Puts every link back as it was; one that is gone needs nothing. */
  @Override
  public void close() {
    if (original.values().stream().allMatch(value -> value == 1)) {
      return;
    }
    try (LinkSettings settings = LinkSettings.open()) {
      original.forEach(
          (index, value) -> settings.write(index, LinkSettings.Setting.PROMOTE_SECONDARIES, value));
    } catch (SystemCallException e) {
      LOG.warn("promote_secondaries: {}", e.error());
    }
  }
}
