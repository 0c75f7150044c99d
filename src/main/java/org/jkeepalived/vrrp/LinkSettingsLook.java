package org.jkeepalived.vrrp;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jkeepalived.kernel.KernelSetting;

/** Tells how links are set. It may have to wait for the kernel: the answer comes later. */
@FunctionalInterface
public interface LinkSettingsLook {

  /**
   * Looks at links.
   *
   * @param links their names
   * @param answer takes, on the thread of who asks, what those links are set to, what all are, and,
   *     where that is not 0, the RP_FILTER of each link that there is
   */
  void at(Set<String> links, Consumer<Map<KernelSetting.Place, Integer>> answer);
}
