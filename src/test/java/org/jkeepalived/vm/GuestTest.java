package org.jkeepalived.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest that dies is booted again; a script stands for the virtual machine. */
class GuestTest {

  private static final int WELL = 0;
  private static final int CASE_FAILED = 1;
  private static final int OUT_OF_TIME = 124;
  private static final int DIED = 125;

  /** Notes what it is asked to play; says and exits as the numbered files beside it tell. */
  private static final String MACHINE =
      """
      #!/bin/sh
      cd "${0%/*}"
      shift 8
      echo "$*" >>asked
      boot=$(grep -c . asked)
      cat "said$boot"
      exit "$(cat "status$boot")"
      """;

  @TempDir private Path folder;
  private Path machine;
  private int boots;

  @BeforeEach
  void makeTheMachine() throws IOException {
    machine = Files.writeString(folder.resolve("machine"), MACHINE);
    assertTrue(machine.toFile().setExecutable(true));
  }

  /** What comes of one more boot. */
  private void boot(int status, String... lines) throws IOException {
    boots++;
    Files.write(folder.resolve("said" + boots), List.of(lines));
    Files.writeString(folder.resolve("status" + boots), Integer.toString(status));
  }

  private Guest play(String daemons, String... cases) throws IOException {
    return Guest.play(machine, folder.resolve("out"), daemons, List.of(cases), 1);
  }

  private List<String> asked() throws IOException {
    return Files.readAllLines(folder.resolve("asked"));
  }

  @Test
  void oneBootPlaysAll() throws IOException {
    boot(WELL, "ok a jkeepalived 1.0", "ok b jkeepalived 2.0");
    Guest guest = play("jkeepalived", "a", "b");
    assertEquals(List.of("jkeepalived a b"), asked());
    assertTrue(guest.passed("a", "jkeepalived"));
    assertTrue(guest.passed("b", "jkeepalived"));
  }

  @Test
  void deadGuestIsBootedAgainForWhatIsLeft() throws IOException {
    boot(DIED, "ok a jkeepalived 1.0", "FAILED b jkeepalived 2.0", "vm: the guest died");
    boot(WELL, "ok d jkeepalived 3.0", "ok c jkeepalived 4.0");
    Guest guest = play("jkeepalived", "a", "b", "c", "d");
    assertEquals(List.of("jkeepalived a b c d", "jkeepalived c d"), asked());
    assertTrue(guest.passed("a", "jkeepalived"));
    assertFalse(guest.passed("b", "jkeepalived"));
    assertTrue(guest.passed("c", "jkeepalived"));
    assertTrue(guest.passed("d", "jkeepalived"));
  }

  @Test
  void whatBothBootsSaidIsInTheLog() throws IOException {
    boot(DIED, "ok a jkeepalived 1.0", "Kernel panic - not syncing: hung_task: blocked tasks");
    boot(WELL, "ok b jkeepalived 1.0");
    play("jkeepalived", "a", "b");
    assertEquals(
        List.of(
            "ok a jkeepalived 1.0",
            "Kernel panic - not syncing: hung_task: blocked tasks",
            "ok b jkeepalived 1.0"),
        Files.readAllLines(folder.resolve("out/suite.log")));
  }

  /** One that comes second finds all taken, and says nothing. */
  @Test
  void guestsShareTheCases() throws IOException {
    String share =
        """
        #!/bin/sh
        mkdir -p "${0%/*}/out/taken"
        cd "${0%/*}/out/taken" || exit
        shift 8
        for each; do
          [ "$each" = jkeepalived ] || ! mkdir "$each" 2>/dev/null || echo "ok $each jkeepalived 1.0"
        done
        """;
    Files.writeString(machine, share);
    for (int run = 0; run < 2; run++) { // what was taken in the run before is free again
      Guest guest =
          Guest.play(machine, folder.resolve("out"), "jkeepalived", List.of("a", "b", "c"), 3);
      assertTrue(
          List.of("a", "b", "c").stream().allMatch(name -> guest.passed(name, "jkeepalived")));
      assertEquals(3, Files.readAllLines(folder.resolve("out/suite.log")).size());
    }
  }

  @Test
  void caseThatEndedWithOneDaemonOnlyIsPlayedAgain() throws IOException {
    boot(DIED, "ok a keepalived 1.0", "ok b keepalived 1.0", "ok b jkeepalived 1.0");
    boot(WELL, "ok a keepalived 1.0", "ok a jkeepalived 1.0");
    Guest guest = play("keepalived,jkeepalived", "a", "b");
    assertEquals(List.of("keepalived,jkeepalived a b", "keepalived,jkeepalived a"), asked());
    assertTrue(guest.passed("a", "jkeepalived"));
    assertTrue(guest.passed("b", "keepalived"));
  }

  @Test
  void caseOfALongerNameHasNotEnded() throws IOException {
    boot(DIED, "ok 17-stop-omega jkeepalived 1.0");
    boot(WELL, "ok 17-stop jkeepalived 1.0");
    play("jkeepalived", "17-stop", "17-stop-omega");
    assertEquals(List.of("jkeepalived 17-stop 17-stop-omega", "jkeepalived 17-stop"), asked());
  }

  @Test
  void guestThatDiesThreeTimesIsLeft() throws IOException {
    boot(DIED, "vm: the guest did not boot within 9 s");
    boot(DIED, "ok a jkeepalived 1.0", "vm: the guest died");
    boot(DIED, "vm: the guest died once more");
    Guest guest = play("jkeepalived", "a", "b");
    assertEquals(List.of("jkeepalived a b", "jkeepalived a b", "jkeepalived b"), asked());
    assertTrue(guest.passed("a", "jkeepalived"));
    assertFalse(guest.passed("b", "jkeepalived"));
    assertTrue(guest.report("b", "jkeepalived").contains("the guest died once more"));
  }

  @Test
  void guestThatDiesWhenAllHasBeenPlayedIsLeft() throws IOException {
    boot(DIED, "ok a jkeepalived 1.0", "vm: the guest died");
    Guest guest = play("jkeepalived", "a");
    assertEquals(List.of("jkeepalived a"), asked());
    assertTrue(guest.passed("a", "jkeepalived"));
  }

  @Test
  void whatFailedOrTookTooLongIsNotPlayedAgain() throws IOException {
    for (int status : List.of(CASE_FAILED, OUT_OF_TIME)) {
      boot(status, "ok a jkeepalived 1.0");
      assertFalse(play("jkeepalived", "a", "b").passed("b", "jkeepalived"));
      assertEquals(boots, asked().size());
    }
  }
}
