package org.jkeepalived.linux.netlink.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.LabNamespace;
import org.jkeepalived.linux.netlink.route.LinkSettings.Setting;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lab")
class LinkSettingsLabTest {

  @Test
  void changesWhatProcShows() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      int index = Integer.parseInt(space.exec("cat", "/sys/class/net/a0/ifindex").strip());
      space.call(
          () -> {
            try (LinkSettings settings = LinkSettings.open()) {
              for (Setting setting : Setting.values()) {
                String file =
                    "/proc/sys/net/ipv4/conf/a0/"
                        + setting.name().toLowerCase(java.util.Locale.ROOT);
                assertEquals(OptionalInt.of(0), settings.read(index, setting));
                assertEquals(Optional.empty(), settings.write(index, setting, 1));
                assertEquals("1", space.exec("cat", file).strip());
                assertEquals(OptionalInt.of(1), settings.read(index, setting));
              }
              assertEquals(OptionalInt.empty(), settings.read(9999, Setting.ARP_IGNORE));
              assertEquals(
                  Errno.ENODEV, settings.write(9999, Setting.ARP_IGNORE, 1).orElseThrow().errno());
            }
            return null;
          });
    }
  }
}
