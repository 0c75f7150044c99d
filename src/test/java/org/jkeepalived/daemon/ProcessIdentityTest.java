package org.jkeepalived.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessIdentityTest {

  @ParameterizedTest
  @CsvSource({
    "'',   '', false, '',       /run/keepalived.pid",
    "'',   '', true,  '',       /run/keepalived/keepalived.pid",
    "'',   I1, false, _I1,      /run/keepalived/keepalived_I1.pid",
    "blue, '', false, _blue,    /run/keepalived/blue/keepalived.pid",
    "blue, I1, false, _blue_I1, /run/keepalived/blue/keepalived_I1.pid"
  })
  void namesPidFilesAndLogLines(
      String namespace, String instance, boolean folder, String suffix, Path parent) {
    ProcessIdentity identity =
        new ProcessIdentity(
            Optional.of(namespace).filter(name -> !name.isEmpty()),
            Optional.of(instance).filter(name -> !name.isEmpty()),
            folder);
    assertEquals(suffix, identity.logSuffix());
    assertEquals(parent, identity.pidFileNames().parent());
  }
}
