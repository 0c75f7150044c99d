package org.jkeepalived.linux.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PidFileNamesTest {

  /** What keepalived 2.2.7 of Debian 12 writes, seen from the default mount namespace. */
  @ParameterizedTest
  @CsvSource({
    ",     ,   false, /run/keepalived.pid,                    /run/vrrp.pid",
    ",     ,   true,  /run/keepalived/keepalived.pid,         /run/keepalived/vrrp.pid",
    ",     I1, false, /run/keepalived/keepalived_I1.pid,      /run/keepalived/vrrp_I1.pid",
    ",     I1, true,  /run/keepalived/keepalived_I1.pid,      /run/keepalived/vrrp_I1.pid",
    "blue, ,   false, /run/keepalived/blue/keepalived.pid,    /run/keepalived/blue/vrrp.pid",
    "blue, I1, false, /run/keepalived/blue/keepalived_I1.pid, /run/keepalived/blue/vrrp_I1.pid"
  })
  void areKeepaliveds(
      String namespace, String instance, boolean ownDirectory, Path parent, Path vrrp) {
    PidFileNames names =
        PidFileNames.of(
            Optional.ofNullable(namespace), Optional.ofNullable(instance), ownDirectory);
    assertEquals(parent, names.parent());
    assertEquals(vrrp, names.vrrp());
    String end = instance == null ? ".pid" : "_" + instance + ".pid";
    assertEquals(parent.resolveSibling("checkers" + end), names.checkers());
    assertEquals(parent.resolveSibling("bfd" + end), names.bfd());
  }
}
