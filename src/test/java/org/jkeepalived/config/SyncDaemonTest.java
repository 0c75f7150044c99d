package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.SyncDaemon;
import org.jkeepalived.model.lvs.SyncDaemon.Transport;
import org.junit.jupiter.api.Test;

/** What is made of {@code lvs_sync_daemon}; what is said about it stands in the corpus. */
final class SyncDaemonTest {

  private static final String INSTANCE =
      """
      vrrp_instance VI_1 {
        interface eth0
        virtual_router_id 51
        %s
        virtual_ipaddress {
          10.0.0.1
        }
      }
      """;

  private static LoadedConfiguration load(String global, String inInstance) {
    String text = global.isEmpty() ? "" : "global_defs {\n" + global + "\n}\n";
    return Reading.of("k.conf", INSTANCE.formatted(inInstance) + text);
  }

  private static Optional<SyncDaemon> read(String global, String inInstance) {
    return load(global, inInstance).configuration().director().sync();
  }

  private static Optional<SyncDaemon> following(int id) {
    return Optional.of(new SyncDaemon("eth1", Optional.of("VI_1"), id, Transport.KERNEL));
  }

  @Test
  void theIdIsTheVirtualRoutersUnlessItIsSaid() {
    assertEquals(following(51), read("lvs_sync_daemon eth1 VI_1", ""));
    assertEquals(following(51), read("lvs_sync_daemon eth1 inst VI_1", ""));
    assertEquals(following(7), read("lvs_sync_daemon eth1 VI_1 id 7", ""));
    assertEquals(following(7), read("lvs_sync_daemon eth1 VI_1 7", ""));
    assertEquals(following(0), read("lvs_sync_daemon eth1 VI_1 id 0", ""));
    assertEquals(following(51), read("lvs_sync_daemon eth1 VI_1 id 256", ""));
  }

  @Test
  void withoutAnInstanceTheIdIs0() {
    assertEquals(
        Optional.of(new SyncDaemon("eth1", Optional.empty(), 0, Transport.KERNEL)),
        read("lvs_sync_daemon eth1", ""));
    assertEquals(Optional.empty(), read("", ""));
    assertEquals(Director.NONE, load("", "").configuration().director());
  }

  @Test
  void everyOption() throws Exception {
    assertEquals(
        Optional.of(
            new SyncDaemon(
                "eth1",
                Optional.of("VI_1"),
                7,
                new Transport(
                    OptionalInt.of(1400),
                    OptionalInt.of(9000),
                    OptionalInt.of(3),
                    Optional.of(InetAddress.getByName("ff02::99"))))),
        read(
            "lvs_sync_daemon eth1 port 9000 ttl 3 group ff02::99/64 maxlen 1400 id 7 inst VI_1",
            ""));
  }

  @Test
  void whatIsWrongIsAsIfItWereNotThere() {
    assertEquals(
        following(51),
        read("lvs_sync_daemon eth1 VI_1 port 0 ttl 256 group 10.0.0.1 maxlen x id -1 some", ""));
    assertEquals(following(51), read("lvs_sync_daemon eth1 VI_1\nlvs_sync_daemon eth2 id 9", ""));
    assertEquals(Optional.empty(), read("lvs_sync_daemon an-endless-interface", ""));
  }

  @Test
  void theOldSpellingFollowsItsInstance() {
    assertEquals(following(51), read("", "lvs_sync_daemon_interface eth1"));
    assertEquals(
        following(7), read("lvs_sync_daemon eth1 VI_1 id 7", "lvs_sync_daemon_interface eth2"));
  }

  /** COMPAT: keepalived clears it, and says so in its log only. */
  @Test
  void anInstanceThatIsNotThereCannotBeFollowed() {
    LoadedConfiguration loaded = load("lvs_sync_daemon eth1 VI_9", "");
    assertEquals(Optional.empty(), loaded.configuration().director().sync());
    assertEquals(
        List.of("Unable to find vrrp instance VI_9 for lvs_syncd - clearing lvs_syncd config"),
        loaded.diagnostics().stream().map(Diagnostic::message).toList());
  }
}
