package org.jkeepalived.host.vrrp;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jkeepalived.kernel.KernelBook;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.KernelSetting;
import org.jkeepalived.kernel.KernelSetting.Name;
import org.jkeepalived.kernel.KernelSetting.Place;
import org.jkeepalived.kernel.StaleObjects;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.linux.file.ProcSetting;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.VrrpInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel's settings that the configuration names, as they have to be while the daemon runs:
 *
 * <ul>
 *   <li>{@code promote_secondaries} of an instance: without it the kernel removes every address of
 *       a subnet with the first one;
 *   <li>{@code disable_local_igmp}: no reports to routers of groups of 224.0.0.0/24, which switches
 *       forward anyway (RFC 4541).
 * </ul>
 *
 * <p>What they were is what a killed run has written down, if they are still as it had set them.
 * Lives on the VRRP thread.
 */
final class WantedSettings implements KernelBook.Holder {

  private static final Logger LOG = LoggerFactory.getLogger(WantedSettings.class);

  private static final int ON = 1;
  private static final int OFF = 0;
  private static final Place REPORTS =
      new Place(KernelSetting.ALL, Name.IGMP_LINK_LOCAL_MCAST_REPORTS);

  private final KernelBook objects;
  private final Runnable absent;
  private final Map<Place, KernelSetting> leftBehind = new HashMap<>();
  private final Map<Place, KernelSetting> held = new HashMap<>();
  private Set<String> promoted = Set.of();
  private boolean warned;

  /**
   * @param objects has them set, and set back
   * @param journal what the last run wrote down, and did not take back
   * @param absent has {@link #lookAgain} called later
   */
  WantedSettings(KernelBook objects, Set<String> journal, Runnable absent) {
    this.objects = objects;
    this.absent = absent;
    for (String line : journal) {
      if (StaleObjects.read(line).orElse(null) instanceof KernelSetting setting) {
        leftBehind.put(setting.place(), setting);
      }
    }
  }

  /** From now on these are wanted, and no others; those that can be are set. */
  void want(Configuration configuration, Links links) {
    promoted = promoted(configuration);
    lookAgain(links);
    if (configuration.links().silentGroups()) {
      set(REPORTS, OFF);
    }
    for (Place place : Set.copyOf(held.keySet())) {
      boolean wanted =
          place.equals(REPORTS)
              ? configuration.links().silentGroups()
              : promoted.contains(place.link());
      if (!wanted) {
        setBack(place);
      }
    }
  }

  /** Sets what could not be set when its link came. */
  void lookAgain(Links links) {
    if (!promoted.isEmpty()) {
      links.all().forEach(this::linkChanged);
    }
  }

  /** The links that the configuration wants {@code promote_secondaries} on. */
  private static Set<String> promoted(Configuration configuration) {
    Set<String> names = new HashSet<>();
    for (VrrpInstance instance : configuration.instances()) {
      if (instance.addresses().promoteSecondaries()) {
        names.add(instance.key().interfaceName());
      }
    }
    return Set.copyOf(names);
  }

  /** A link is there, perhaps a new one. */
  void linkChanged(LinkState link) {
    if (promoted.contains(link.name())) {
      set(new Place(link.name(), Name.PROMOTE_SECONDARIES), ON);
    }
  }

  /** There is no link of that name any more; one that has another name by now is set back. */
  void linkRemoved(LinkState link) {
    leftBehind.keySet().removeIf(place -> place.link().equals(link.name()));
    for (Place place : Set.copyOf(held.keySet())) {
      if (place.link().equals(link.name())) {
        setBack(place);
      }
    }
  }

  /** How the journal names what is set: nothing that the start is to take for a leftover. */
  List<String> journalTexts() {
    return held.values().stream().map(KernelSetting::journalText).toList();
  }

  /** Sets all back as it was. */
  void stop() {
    promoted = Set.of();
    Set.copyOf(held.keySet()).forEach(this::setBack);
  }

  private void set(Place place, int value) {
    if (held.containsKey(place)) {
      return;
    }
    OptionalInt now = ProcSetting.read(place.path());
    if (now.isEmpty()) {
      if (place.isOfLink()) {
        absent.run(); // of a link that is just being given its name, the kernel makes them anew
      } else if (!warned) {
        warned = true;
        LOG.warn("disable_local_igmp needs Linux 4.3: there is no /proc/sys/net/{}", place.path());
      }
      return;
    }
    Optional<KernelSetting> left =
        Optional.ofNullable(leftBehind.get(place)).filter(setting -> setting.value() == value);
    if (now.getAsInt() == value && left.isEmpty()) {
      return; // somebody else has set it, and may set it back
    }
    int original = now.getAsInt() == value ? left.get().original() : now.getAsInt();
    KernelSetting setting = new KernelSetting(place, value, original);
    held.put(place, setting);
    objects.add(
        this,
        List.of(setting),
        refusals -> refusals.forEach(refusal -> LOG.warn("{}", refusal.reason())));
  }

  private void setBack(Place place) {
    leftBehind.remove(place);
    objects.remove(this, List.of(held.remove(place)));
  }

  @Override
  public void objectLost(KernelObject object) {
    // it went with its link
  }
}
