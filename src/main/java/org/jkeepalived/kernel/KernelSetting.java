package org.jkeepalived.kernel;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A setting of IPv4, of a link or of all of a network namespace, as it has to be while the daemon
 * runs. To remove it is to set it as it was.
 *
 * @param value what it has to be
 * @param original what it was
 */
public record KernelSetting(Place place, int value, int original) implements KernelObject {

  /** In place of a link: counts for each of them, beside its own. */
  public static final String ALL = "all";

  /** In place of a link: for those that are yet to come. */
  public static final String DEFAULT = "default";

  static final String KIND = "setting: ";

  /** Which one; see the kernel's networking/ip-sysctl. */
  public enum Name {
    RP_FILTER,
    ARP_FILTER,
    ARP_IGNORE,
    /** Whether another address of a subnet takes over when its first one is removed. */
    PROMOTE_SECONDARIES,
    /** Whether routers are told of groups that switches forward anyway; no link has it. */
    IGMP_LINK_LOCAL_MCAST_REPORTS;

    /** As under /proc/sys. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    private boolean isOfLinks() {
      return this != IGMP_LINK_LOCAL_MCAST_REPORTS;
    }
  }

  /**
   * Where it is.
   *
   * @param link the name of a link, {@link #ALL} or {@link #DEFAULT}
   */
  public record Place(String link, Name name) {
    public Place {
      Objects.requireNonNull(link);
      Objects.requireNonNull(name);
    }

    /** Its file under /proc/sys/net: {@code ipv4/conf/eth0/arp_ignore}. */
    public String path() {
      return "ipv4/" + (name.isOfLinks() ? "conf/" + link + "/" : "") + name.text();
    }

    /** Whether it is one link's. */
    public boolean isOfLink() {
      return !link.equals(ALL) && !link.equals(DEFAULT);
    }
  }

  public KernelSetting {
    Objects.requireNonNull(place);
  }

  /** What makes two settings the same one for the kernel. */
  public record Key(String link, int index, Name name) implements KernelObject.Key {
    @Override
    public Kind kind() {
      return Kind.SETTING;
    }
  }

  @Override
  public Kind kind() {
    return Kind.SETTING;
  }

  @Override
  public List<String> links() {
    return place.isOfLink() ? List.of(place.link()) : List.of();
  }

  @Override
  public Key key(List<Integer> linkIndices) {
    return linkIndices.isEmpty()
        ? new Key(place.link(), 0, place.name())
        : new Key("", linkIndices.get(0), place.name());
  }

  @Override
  public String name() {
    return "net." + place.path().replace('/', '.');
  }

  @Override
  public String text(KernelRequest.Operation operation) {
    return name() + "=" + (operation == KernelRequest.Operation.ADD ? value : original);
  }

  @Override
  public String lossText() {
    return name() + " changed";
  }

  @Override
  public boolean isTracked() {
    return false;
  }

  /** {@code setting: link eth0 name ARP_IGNORE value 1 was 0}. */
  @Override
  public String journalText() {
    return KIND
        + "link "
        + place.link()
        + " name "
        + place.name()
        + " value "
        + value
        + " was "
        + original;
  }

  /** The setting that a line of the journal names; empty if it names none. */
  static Optional<KernelSetting> read(String line) {
    if (!line.startsWith(KIND)) {
      return Optional.empty();
    }
    JournalWords words = JournalWords.read(line.substring(KIND.length()));
    OptionalInt value = words.small("value", Integer.MAX_VALUE);
    OptionalInt original = words.small("was", Integer.MAX_VALUE);
    for (Name name : Name.values()) {
      boolean named = words.text("name").filter(name.name()::equals).isPresent();
      if (named && words.text("link").isPresent() && value.isPresent() && original.isPresent()) {
        return Optional.of(
            new KernelSetting(
                new Place(words.text("link").get(), name), value.getAsInt(), original.getAsInt()));
      }
    }
    return Optional.empty();
  }
}
