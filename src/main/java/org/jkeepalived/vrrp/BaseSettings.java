package org.jkeepalived.vrrp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jkeepalived.kernel.KernelSetting;
import org.jkeepalived.kernel.KernelSetting.Name;
import org.jkeepalived.kernel.KernelSetting.Place;

/**
 * How the links have to be set that VMACs of IPv4 stand on, as keepalived sets them (seen with
 * 2.2.7): they answer ARP for their own addresses alone, not for those of the VMAC; and no filter
 * of all links forbids the VMAC what its own permits, so that each other link has it of its own.
 *
 * <p>COMPAT: a base's arp_ignore that is stricter stays as it is; keepalived sets it to 1, and
 * leaves it so at its end.
 */
final class BaseSettings {

  private BaseSettings() {}

  /**
   * What is to be set, in its order.
   *
   * @param present how it is
   */
  static List<KernelSetting> of(Map<Place, Integer> present) {
    List<KernelSetting> wanted = new ArrayList<>();
    Place all = new Place(KernelSetting.ALL, Name.RP_FILTER);
    int ofAll = present.getOrDefault(all, 0);
    present.forEach(
        (place, value) -> {
          if (!place.equals(all)) {
            int least = place.name() == Name.RP_FILTER ? ofAll : 1;
            add(wanted, place, Math.max(value, least), value);
          }
        });
    add(wanted, all, 0, ofAll);
    return wanted;
  }

  private static void add(List<KernelSetting> wanted, Place place, int value, int original) {
    if (value != original) {
      wanted.add(new KernelSetting(place, value, original));
    }
  }
}
