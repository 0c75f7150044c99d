package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.jkeepalived.config.syntax.Diagnostic;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A name that no process can have is a quorum that is never there. */
final class ProcessNameTest {

  private static final String SAID =
      "vrrp_track_process p: no process has the name %s, for the kernel keeps 15 bytes of it";

  @ParameterizedTest
  @CsvSource({
    "exactly-fifteen, '',           false",
    "this-is-sixteen_, '',          true",
    // in bytes, of which ü has two
    "sünfzehn-und-ei, '',           true",
    "this-is-sixteen_, full_command, false",
    "this-is-sixteen_, param_match,  false",
    "this-is-sixteen_ -x, '',        false",
  })
  void tooLongANameIsSaid(String process, String more, boolean said) {
    LoadedConfiguration loaded =
        Reading.of(
            "k.conf",
            """
            vrrp_track_process p {
              process %s
              %s
            }
            vrrp_instance A {
              interface eth0
              virtual_router_id 5
              track_process {
                p
              }
              virtual_ipaddress {
                10.9.9.9
              }
            }
            """
                .formatted(process, more));
    assertEquals(
        said ? List.of(SAID.formatted(process)) : List.of(),
        loaded.diagnostics().stream().map(Diagnostic::message).toList());
    assertEquals(ExitStatus.OK, loaded.exitStatus(), "keepalived says nothing of it");
  }
}
