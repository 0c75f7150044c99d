package org.jkeepalived.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepalivedProcessTest {

  @ParameterizedTest
  @CsvSource({
    "org.jkeepalived.vrrp.VirtualRouter, Keepalived_vrrp",
    "org.jkeepalived.vrrp,               Keepalived_vrrp",
    "org.jkeepalived.vrrpx.Other,        Keepalived",
    "org.jkeepalived.track.Script,       Keepalived_vrrp",
    "org.jkeepalived.kernel.HeldObjects, Keepalived_vrrp",
    "org.jkeepalived.lvs.check.Tcp,      Keepalived_healthcheckers",
    "org.jkeepalived.bfd.Session,        Keepalived_bfd",
    "org.jkeepalived.daemon.Daemon,      Keepalived",
    "org.jkeepalived.Main,               Keepalived",
    "com.example.vrrp.Other,             Keepalived"
  })
  void followsFromTheLoggersName(String logger, String identifier) {
    assertEquals(identifier, KeepalivedProcess.ofLogger(logger).identifier());
  }
}
