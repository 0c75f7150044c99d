package org.jkeepalived;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Timer;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jkeepalived.log.UnusedJdkLogging;
import org.jkeepalived.model.AddressFamily;
import org.junit.jupiter.api.Test;

/**
 * The rooms of the house, and what each of them may know.
 *
 * <pre>
 *   cli ──▶ daemon ──▶ control ──▶ status ──▶ ┐
 *                 └──▶ host ───────────────▶  pure rooms ──▶ model, time
 *                       └──▶ loop ──▶ linux ─▶ ┘
 * </pre>
 *
 * <p>A folder of {@code host} knows the one pure room that it binds to the machine, and those that
 * this one knows.
 */
class ArchitectureTest {

  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.jkeepalived");

  /** A room, what of the project it may know besides itself, and which libraries. */
  private record Room(List<String> rooms, List<String> libraries) {}

  private static final String SLF4J = "org.slf4j";

  private static final Map<String, Room> ROOMS = rooms();

  private static Map<String, Room> rooms() {
    Map<String, Room> rooms = new LinkedHashMap<>();
    // what everything else is told in
    room(rooms, "model", List.of());
    room(rooms, "time", List.of());
    room(rooms, "text", List.of());
    // pure: events and the time come in, effects go out
    room(rooms, "link", List.of("model", "time"));
    room(rooms, "kernel", List.of("model", "time", "link"));
    room(rooms, "script", List.of("model", "time"));
    room(rooms, "track", List.of("model", "time", "script"));
    room(rooms, "notify", List.of("model", "time", "script"), SLF4J);
    room(rooms, "vrrp", List.of("model", "time", "link", "kernel", "track", "notify"));
    room(rooms, "lvs", List.of("model", "time", "kernel", "notify", "script"));
    room(rooms, "config", List.of("model", "text", "script"));
    room(
        rooms,
        "status",
        List.of("model", "time", "script", "link", "track", "notify", "vrrp", "lvs"));
    // this machine
    room(
        rooms,
        "linux",
        List.of("model", "time", "link", "kernel", "track", "script", "notify", "lvs"),
        "com.kenai.jffi",
        "com.sun.jna",
        "org.pcap4j",
        SLF4J);
    room(rooms, "log", List.of("linux", "time", "text"), SLF4J, "ch.qos.logback");
    room(rooms, "loop", List.of("linux", "time"), SLF4J);
    room(rooms, "host/link", List.of("linux", "loop", "model", "time", "link", "status"), SLF4J);
    room(rooms, "host/kernel", List.of("linux", "loop", "model", "time", "link", "kernel"), SLF4J);
    room(rooms, "host/script", List.of("linux", "loop", "model", "time", "script"), SLF4J);
    room(
        rooms,
        "host/track",
        List.of("linux", "loop", "model", "time", "script", "track", "status"),
        SLF4J);
    room(
        rooms,
        "host/notify",
        List.of("linux", "loop", "model", "time", "script", "notify"),
        SLF4J,
        "org.apache.commons.net");
    room(rooms, "host/systemd", List.of("linux", "loop", "time", "notify"), SLF4J);
    room(
        rooms,
        "host/vrrp",
        List.of(
            "linux",
            "loop",
            "model",
            "time",
            "link",
            "kernel",
            "track",
            "notify",
            "vrrp",
            "status",
            "host/kernel"),
        SLF4J);
    room(
        rooms,
        "host/lvs",
        List.of(
            "linux",
            "loop",
            "model",
            "time",
            "kernel",
            "script",
            "notify",
            "lvs",
            "status",
            "host/kernel",
            "host/script"),
        SLF4J,
        "io.netty");
    room(
        rooms,
        "host",
        List.of(
            "host/link",
            "host/kernel",
            "host/script",
            "host/track",
            "host/notify",
            "host/vrrp",
            "host/lvs",
            "linux",
            "loop",
            "model",
            "time",
            "link",
            "script",
            "track",
            "notify",
            "vrrp",
            "lvs",
            "status"),
        SLF4J);
    // a subsystem's own rooms are no concern of these
    room(rooms, "control", List.of("linux", "loop", "time", "status"), SLF4J);
    room(
        rooms,
        "daemon",
        List.of(
            "control",
            "host",
            "host/kernel",
            "host/script",
            "host/systemd",
            "linux",
            "loop",
            "log",
            "config",
            "model",
            "script",
            "status"),
        SLF4J);
    room(
        rooms,
        "cli",
        List.of(
            "text",
            "daemon",
            "control",
            "host/script",
            "config",
            "linux",
            "log",
            "model",
            "status"),
        SLF4J,
        "picocli");
    return rooms;
  }

  private static void room(
      Map<String, Room> rooms, String name, List<String> known, String... libraries) {
    rooms.put(name, new Room(known, List.of(libraries)));
  }

  /** The rooms that are handed events and the time, and hand back effects. */
  private static final String[] PURE =
      Stream.of(
              "model", "time", "text", "link", "kernel", "script", "track", "notify", "vrrp", "lvs",
              "config")
          .map(room -> "org.jkeepalived." + room + "..")
          .toArray(String[]::new);

  private static String roomOf(JavaClass type) {
    String name = type.getPackageName();
    if (name.equals("org.jkeepalived")) {
      return "";
    }
    String inside = name.substring("org.jkeepalived.".length()).replace('.', '/');
    String[] folders = inside.split("/");
    String inHost = folders.length > 1 ? "host/" + folders[1] : "host";
    return folders[0].equals("host") ? inHost : folders[0];
  }

  @Test
  void roomsKnowOnlyWhatIsWrittenAbove() {
    List<String> wrong = new ArrayList<>();
    for (JavaClass type : CLASSES) {
      String room = roomOf(type);
      if (room.isEmpty()) {
        continue;
      }
      if (!ROOMS.containsKey(room)) {
        wrong.add(room + " is no room of the house: " + type.getName());
        continue;
      }
      for (JavaClass other : dependencies(type)) {
        if (other.getPackageName().startsWith("org.jkeepalived")) {
          String known = roomOf(other);
          if (!known.equals(room) && !ROOMS.get(room).rooms().contains(known)) {
            wrong.add(room + " -> " + known + ": " + type.getName() + " -> " + other.getName());
          }
        }
      }
    }
    assertEquals("", String.join("\n", new TreeSet<>(wrong)));
  }

  @Test
  void librariesStayInTheirRooms() {
    List<String> wrong = new ArrayList<>();
    for (JavaClass type : CLASSES) {
      String room = roomOf(type);
      for (JavaClass other : dependencies(type)) {
        String name = other.getPackageName();
        boolean ours = name.startsWith("org.jkeepalived") || name.startsWith("java");
        if (!room.isEmpty()
            && !ours
            && !name.isEmpty()
            && ROOMS.get(room).libraries().stream().noneMatch(name::startsWith)) {
          wrong.add(room + " -> " + name + ": " + type.getName());
        }
      }
    }
    assertEquals("", String.join("\n", new TreeSet<>(wrong)));
  }

  private static List<JavaClass> dependencies(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream()
        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
        .toList();
  }

  private static ArchRule tolerant(ArchRule rule) {
    return rule.allowEmptyShould(true);
  }

  private static String[] pure() {
    return PURE.clone();
  }

  @Test
  void pureRoomsReadNoClock() {
    tolerant(
            noClasses()
                .that()
                .resideInAnyPackage(pure())
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
                .callMethod(Thread.class, "sleep", long.class))
        .check(CLASSES);
  }

  @Test
  void pureRoomsOwnNoThread() {
    tolerant(
            noClasses()
                .that()
                .resideInAnyPackage(pure())
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, Timer.class)
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.concurrent\\.(?!atomic\\.).*"))
        .check(CLASSES);
  }

  /** Chance comes by constructor; {@code HostFacts} is where the language's come from. */
  @Test
  void pureRoomsThrowNoDice() {
    tolerant(
            noClasses()
                .that()
                .resideInAnyPackage(pure())
                .and()
                .doNotHaveSimpleName("HostFacts")
                .should()
                .callConstructor(Random.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(ThreadLocalRandom.class, SecureRandom.class)
                .orShould()
                .callMethod(Math.class, "random"))
        .check(CLASSES);
  }

  /** How a payload gets from one machine to others is the same whatever it means. */
  @Test
  void transportKnowsNothingOfVrrp() {
    classes()
        .that()
        .resideInAPackage("org.jkeepalived.vrrp.transport")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("org.jkeepalived.vrrp.transport", "java..")
                .or(type(AddressFamily.class)))
        .check(CLASSES);
  }

  /** One class keeps it from looking for a configuration. */
  @Test
  void nobodyUsesTheJdksLogging() {
    tolerant(
            noClasses()
                .that()
                .doNotBelongToAnyOf(UnusedJdkLogging.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging.."))
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
                .resideInAPackage("org.jkeepalived..")
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
  void noTwoFilesHaveOneName() throws IOException {
    Map<Path, Path> files = new TreeMap<>();
    List<String> twice = new ArrayList<>();
    try (Stream<Path> all = Files.walk(Path.of("src"))) {
      for (Path file : (Iterable<Path>) all.filter(ArchitectureTest::isClass)::iterator) {
        Path other = files.putIfAbsent(file.getFileName(), file);
        if (other != null) {
          twice.add(other + " and " + file);
        }
      }
    }
    assertTrue(files.size() > CLASSES.size() / 10, "not where the sources are");
    assertEquals(List.of(), twice);
  }

  private static boolean isClass(Path file) {
    return file.toString().endsWith(".java") && !file.endsWith("package-info.java");
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    classes()
        .that()
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
}
