package org.jkeepalived.linux.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.linux.process.PrivilegeWrapper.Ability;
import org.jkeepalived.script.Credentials;
import org.junit.jupiter.api.Test;

class PrivilegeWrapperTest {

  private static final Credentials ROOT = new Credentials(0, 0, List.of(0));
  private static final RunAs AS_ROOT = new RunAs(ROOT, "root", "root", List.of("root"));
  private static final RunAs OTHER =
      new RunAs(
          new Credentials(998, 997, List.of(997, 4)),
          "keepalived_script",
          "scripts",
          List.of("scripts", "adm"));
  private static final List<String> WORDS = List.of("/bin/check", "-x", "--");

  private static Optional<List<String>> wrapped(Ability ability, Credentials own, RunAs account) {
    return new PrivilegeWrapper(ability, "/bin/setpriv", own).wrap(account, WORDS);
  }

  private static Optional<List<String>> words(String... words) {
    return Optional.of(List.of(words));
  }

  @Test
  void ownAccountOnlyEndsWithTheDaemon() {
    assertEquals(
        words("/bin/setpriv", "--pdeathsig", "TERM", "--", "/bin/check", "-x", "--"),
        wrapped(Ability.WHOLE, ROOT, AS_ROOT));
    assertEquals(Optional.of(WORDS), wrapped(Ability.ACCOUNT, ROOT, AS_ROOT));
    assertEquals(Optional.of(WORDS), wrapped(Ability.NONE, ROOT, AS_ROOT));
  }

  @Test
  void otherAccountIsNamedWithItsGroups() {
    assertEquals(
        words(
            "/bin/setpriv",
            "--pdeathsig",
            "TERM",
            "--reuid",
            "keepalived_script",
            "--regid",
            "scripts",
            "--groups",
            "scripts,adm",
            "--",
            "/bin/check",
            "-x",
            "--"),
        wrapped(Ability.WHOLE, ROOT, OTHER));
    assertEquals(Optional.empty(), wrapped(Ability.NONE, ROOT, OTHER));
  }

  @Test
  void groupsTooManyOrTooFewAreAnotherAccount() {
    Credentials more = new Credentials(0, 0, List.of(0, 27));
    RunAs rootWithMore = new RunAs(more, "root", "root", List.of("root", "sudo"));
    assertEquals(Optional.of(WORDS), wrapped(Ability.NONE, more, rootWithMore));
    assertEquals(Optional.empty(), wrapped(Ability.NONE, ROOT, rootWithMore));
    assertEquals(Optional.empty(), wrapped(Ability.NONE, more, AS_ROOT));
    // no group besides the one it has anyhow
    assertEquals(
        Optional.of(WORDS), wrapped(Ability.NONE, new Credentials(0, 0, List.of()), AS_ROOT));
  }
}
