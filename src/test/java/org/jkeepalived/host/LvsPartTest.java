package org.jkeepalived.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.GlobalDefinitions;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.SyncDaemon;
import org.jkeepalived.model.lvs.TableSettings;
import org.jkeepalived.model.lvs.TlsFiles;
import org.junit.jupiter.api.Test;

/** What runs with {@code -P}, {@code -C} and both. */
class LvsPartTest {

  private static final TlsFiles FILES =
      new TlsFiles(Optional.of("/ca"), Optional.empty(), Optional.empty(), Optional.empty());

  private static Optional<SyncDaemon> sync(Optional<String> instance) {
    return Optional.of(new SyncDaemon("eth0", instance, 51, SyncDaemon.Transport.KERNEL));
  }

  private static Director running(boolean checkers, boolean vrrp, Director whole) {
    GlobalDefinitions globals =
        new GlobalDefinitions("r", Optional.empty(), Optional.empty(), false, 0, 0, false);
    return new LvsSubsystem.Settings(
            DaemonPlaces.of(Path.of("/run/x"), Map.of(), Path.of("/k.conf")), false, checkers, vrrp)
        .running(new Configuration(globals, List.of()).director(whole))
        .director();
  }

  private static Director director(Optional<SyncDaemon> sync) {
    return new Director(List.of(), FILES, TableSettings.STANDARD, false, sync);
  }

  @Test
  void theSyncDaemonThatFollowsAnInstanceBelongsToVrrp() {
    Optional<SyncDaemon> follows = sync(Optional.of("VI_1"));
    assertEquals(director(follows), running(true, true, director(follows)));
    assertEquals(director(Optional.empty()), running(true, false, director(follows)));
    assertEquals(
        new Director(List.of(), TlsFiles.NONE, TableSettings.STANDARD, false, follows),
        running(false, true, director(follows)));
  }

  @Test
  void theOneThatFollowsNobodyBelongsToTheCheckers() {
    Optional<SyncDaemon> alone = sync(Optional.empty());
    assertEquals(director(alone), running(true, true, director(alone)));
    assertEquals(director(alone), running(true, false, director(alone)));
    assertEquals(Director.NONE, running(false, true, director(alone)));
  }

  @Test
  void withoutOneNothingRunsBesideVrrp() {
    assertEquals(Director.NONE, running(false, true, director(Optional.empty())));
    assertEquals(director(Optional.empty()), running(true, true, director(Optional.empty())));
  }
}
