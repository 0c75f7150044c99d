package org.jkeepalived;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Timer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jkeepalived.vrrp.RunningRouter;
import org.jkeepalived.vrrp.VirtualRouter;
import org.junit.jupiter.api.Test;

/** The house's rooms and who may know whom. A room that does not exist yet breaks no rule. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.jkeepalived");

  /** Which rooms each room may know, besides itself. */
  private static final Map<String, List<String>> MAY_KNOW =
      Map.ofEntries(
          Map.entry("model", List.of()),
          Map.entry("time", List.of()),
          Map.entry("script", List.of("model", "time")),
          Map.entry("config", List.of("model", "script")),
          Map.entry("track", List.of("script", "model", "time")),
          Map.entry("notify", List.of("script", "model", "time")),
          Map.entry("vrrp", List.of("track", "notify", "model", "time")),
          Map.entry("lvs", List.of("track", "notify", "model", "time")),
          Map.entry("bfd", List.of("track", "notify", "model", "time")),
          Map.entry(
              "status",
              List.of("vrrp", "lvs", "bfd", "track", "notify", "script", "model", "time", "log")),
          Map.entry("log", List.of("linux")),
          Map.entry(
              "linux",
              List.of(
                  "vrrp", "lvs", "bfd", "status", "track", "notify", "script", "model", "time")),
          Map.entry("cli", List.of("daemon", "config", "log", "status", "model")));

  /** The rooms that are handed events and the time, and hand back effects. */
  private static final String[] CORE = {
    "..jkeepalived.vrrp..",
    "..jkeepalived.track..",
    "..jkeepalived.bfd..",
    "..jkeepalived.model..",
    "..jkeepalived.config..",
    "..jkeepalived.time.."
  };

  private static ArchRule tolerant(ArchRule rule) {
    return rule.allowEmptyShould(true);
  }

  private static String room(String name) {
    return "org.jkeepalived." + name + "..";
  }

  @Test
  void roomsKnowOnlyTheRoomsBelowThem() {
    for (Map.Entry<String, List<String>> entry : MAY_KNOW.entrySet()) {
      String[] forbidden =
          Stream.concat(MAY_KNOW.keySet().stream(), Stream.of("daemon"))
              .filter(other -> !other.equals(entry.getKey()) && !entry.getValue().contains(other))
              .map(ArchitectureTest::room)
              .toArray(String[]::new);
      tolerant(
              noClasses()
                  .that()
                  .resideInAPackage(room(entry.getKey()))
                  .should()
                  .dependOnClassesThat()
                  .resideInAnyPackage(forbidden))
          .check(CLASSES);
    }
  }

  /** {@code log} needs one thing of it, the datagram socket of syslog and journald. */
  @Test
  void onlyTheDaemonKnowsTheKernel() {
    tolerant(
            noClasses()
                .that()
                .resideInAnyPackage("org.jkeepalived..")
                .and()
                .resideOutsideOfPackages(room("daemon"), room("linux"), room("log"))
                .and()
                .doNotHaveFullyQualifiedName("org.jkeepalived.Main")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(room("linux")))
        .check(CLASSES);
  }

  @Test
  void nativeLibrariesStayInLinux() {
    tolerant(
            noClasses()
                .that()
                .resideOutsideOfPackage(room("linux"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.pcap4j..", "jnr..", "com.sun.jna.."))
        .check(CLASSES);
  }

  private static ArchRule noClockInTheCore() {
    return tolerant(
        noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class));
  }

  @Test
  void theCoreReadsNoClock() {
    noClockInTheCore().check(CLASSES);
  }

  @Test
  void theCoreOwnsNoThread() {
    tolerant(
            noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, Timer.class)
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.concurrent\\.(?!atomic\\.).*"))
        .check(CLASSES);
  }

  /** Chance comes by constructor; {@code ThisMachine} is where the language's come from. */
  @Test
  void theCoreThrowsNoDice() {
    tolerant(
            noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .and()
                .doNotHaveSimpleName("ThisMachine")
                .should()
                .callConstructor(Random.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(ThreadLocalRandom.class, SecureRandom.class)
                .orShould()
                .callMethod(Math.class, "random"))
        .check(CLASSES);
  }

  /** The hosts of the state machines log for them. */
  @Test
  void theCoreDoesNotLog() {
    tolerant(
            noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .and()
                .doNotHaveSimpleName("RunningRouter")
                .and()
                .doNotHaveSimpleName("VirtualRouters")
                .and()
                .doNotHaveSimpleName("SyncGroups")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.slf4j..", "ch.qos.logback.."))
        .check(CLASSES);
  }

  @Test
  void nobodyUsesTheJdksLogging() {
    tolerant(noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging.."))
        .check(CLASSES);
  }

  @Test
  void noStateIsStatic() {
    tolerant(
            fields()
                .that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(CORE)
                .should()
                .beFinal())
        .check(CLASSES);
  }

  @Test
  void namesSayWhatAThingIs() {
    tolerant(
            noClasses()
                .should()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Impl"))
        .check(CLASSES);
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    classes()
        .that()
        // These two owe it still: strike them out when they have it.
        .resideOutsideOfPackages("org.jkeepalived.daemon", "org.jkeepalived.track")
        .and()
        .doNotHaveSimpleName("package-info")
        .should(
            new ArchCondition<JavaClass>("lie in a package with a package-info") {
              @Override
              public void check(JavaClass item, ConditionEvents events) {
                String path = item.getPackageName().replace('.', '/');
                boolean there = Files.exists(Path.of("src/main/java", path, "package-info.java"));
                if (!there) {
                  events.add(
                      SimpleConditionEvent.violated(
                          item, item.getPackageName() + " has no package-info.java"));
                }
              }
            })
        .check(CLASSES);
  }

  /** The rules can fail. */
  @Test
  void theRulesBite() {
    ArchRule noReal =
        noClasses()
            .that()
            .belongToAnyOf(RunningRouter.class)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(VirtualRouter.class);
    assertThrows(AssertionError.class, () -> noReal.check(CLASSES));
    JavaClasses withTests =
        new ClassFileImporter().importPackages("org.jkeepalived.vrrp", "org.jkeepalived.sim");
    ArchRule like =
        noClasses()
            .that()
            .resideInAPackage("..sim..")
            .should()
            .callMethod(System.class, "nanoTime");
    assertThrows(AssertionError.class, () -> like.check(withTests));
  }
}
