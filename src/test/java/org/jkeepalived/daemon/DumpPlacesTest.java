package org.jkeepalived.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.jkeepalived.control.ReportPlaces.Kind;
import org.jkeepalived.model.Dumps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the files go that tell how the daemon is. */
class DumpPlacesTest {

  private static Path file(
      String wanted, boolean named, String namespace, String instance, Kind kind, String part) {
    Optional<String> path = Optional.of(wanted).filter(text -> !text.isEmpty());
    return new DumpPlaces(
            () -> new Dumps.Files(path, path, path, named),
            Path.of("/tmp"),
            new ProcessIdentity(optional(namespace), optional(instance), false))
        .file(kind, part);
  }

  private static Optional<String> optional(String text) {
    return Optional.of(text).filter(given -> !given.isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "'',DATA,'',/tmp/keepalived.data",
    "'',DATA,_check,/tmp/keepalived_check.data",
    "'',STATISTICS,'',/tmp/keepalived.stats",
    "'',JSON,'',/tmp/keepalived.json",
    "/run/k/,DATA,'',/run/k/keepalived.data",
    "/run/k/,JSON,_check,/run/k/keepalived_check.json",
    "/run/k/my.txt,DATA,'',/run/k/my.txt",
    "/run/k/my.txt,DATA,_check,/run/k/my_check.txt",
    "/run/k/my.txt,DATA,_parent,/run/k/my_parent.txt",
    "/run/k.d/my,STATISTICS,_check,/run/k.d/my_check",
    "/run/k/.my,DATA,_check,/run/k/.my_check",
    "/,DATA,'',/keepalived.data",
  })
  void eachKindHasItsPlace(String wanted, Kind kind, String part, String expected) {
    assertEquals(Path.of(expected), file(wanted, false, "blue", "I1", kind, part));
  }

  /** As keepalived 2.2.7 names them. */
  @ParameterizedTest
  @CsvSource({
    "'','',foo,DATA,'',/tmp/keepalived.foo.data",
    "'','',foo,DATA,_parent,/tmp/keepalived_parent.foo.data",
    "'',mtns,'',DATA,'',/tmp/keepalived.mtns.data",
    "'',mtns,foo,DATA,_parent,/tmp/keepalived_parent.mtns_foo.data",
    "'',mtns,foo,STATISTICS,'',/tmp/keepalived.mtns_foo.stats",
    "'',mtns,foo,JSON,'',/tmp/keepalived.json",
    "'','','',DATA,'',/tmp/keepalived.data",
    "/r/x.y,mtns,foo,DATA,_check,/r/x_check.mtns_foo.y",
  })
  void theInstanceIsInTheName(
      String wanted, String namespace, String instance, Kind kind, String part, String expected) {
    assertEquals(Path.of(expected), file(wanted, true, namespace, instance, kind, part));
  }

  @Test
  void aRelativePathIsOfTheWorkingDirectory() {
    assertEquals(Path.of("k.data").toAbsolutePath(), file("k.data", false, "", "", Kind.DATA, ""));
  }
}
