package org.jkeepalived.status;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jkeepalived.config.Reading;
import org.jkeepalived.lvs.CheckSnapshot;
import org.jkeepalived.lvs.ServerSnapshot;
import org.jkeepalived.lvs.ServiceSnapshot;
import org.jkeepalived.lvs.check.CheckLook;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.FileCheck;
import org.jkeepalived.model.lvs.HttpCheck;
import org.jkeepalived.model.lvs.PacketMarking;
import org.jkeepalived.model.lvs.RealServer;
import org.jkeepalived.model.lvs.VirtualServer;
import org.jkeepalived.model.lvs.VirtualService;
import org.jkeepalived.time.Moment;

/** Snapshots of virtual servers to render. */
final class LvsSamples {

  static final long SECOND = 1_000_000_000L;
  static final long NOW = 5_000 * SECOND;
  static final Moment MOMENT = new Moment(NOW, Instant.ofEpochSecond(1_795_373_903L, 500_000_000L));

  private LvsSamples() {}

  /**
   * What a configuration would look like with some servers alive.
   *
   * @param alive which servers
   * @param ran whether their checks have run
   */
  static LvsSnapshot of(String text, Predicate<RealServer> alive, boolean ran) {
    Configuration configuration = Reading.of("/k.conf", text).configuration();
    long[] next = {
      configuration.director().table().marking().map(PacketMarking::firstMark).orElse(0L)
    };
    return new LvsSnapshot(
        MOMENT,
        configuration,
        configuration.director().servers().stream()
            .map(
                server ->
                    service(
                        server,
                        alive,
                        ran,
                        next[0] > 0 && server.service() instanceof VirtualService.ByGroup
                            ? OptionalLong.of(next[0]++)
                            : OptionalLong.empty()))
            .toList());
  }

  private static ServiceSnapshot service(
      VirtualServer server, Predicate<RealServer> alive, boolean ran, OptionalLong mark) {
    List<ServerSnapshot> servers =
        server.servers().stream().map(real -> server(real, alive.test(real), ran)).toList();
    long weight =
        servers.stream()
            .filter(real -> real.life().alive())
            .mapToLong(each -> each.share().weight())
            .sum();
    long enough = server.quorum().weight() - server.quorum().hysteresis();
    boolean up = weight >= enough && weight > 0;
    return new ServiceSnapshot(
        server,
        new ServiceSnapshot.QuorumLook(up, weight, OptionalLong.empty(), 0, 0),
        server.conduct().suspended(),
        !up && server.sorry().isPresent(),
        new ServiceSnapshot.Entry(mark, Optional.empty()),
        servers);
  }

  private static ServerSnapshot server(RealServer real, boolean alive, boolean ran) {
    return new ServerSnapshot(
        real,
        new ServerSnapshot.Life(alive, OptionalLong.empty(), 0, 0),
        alive || real.inhibited(),
        new ServerSnapshot.Share(real.load().weight(), real.load().weight(), OptionalLong.empty()),
        real.checks().stream()
            .map(
                check ->
                    new CheckSnapshot(
                        check,
                        new CheckLook(
                            kind(check), alive, ran ? 1 : 0, 0, Optional.empty(), number(check), 1),
                        0))
            .toList());
  }

  private static String kind(Check check) {
    if (check instanceof HttpCheck http) {
      return http.tls().isPresent() ? "SSL_GET" : "HTTP_GET";
    }
    String type = check.getClass().getSimpleName();
    return type.replace("Check", "").toUpperCase(Locale.ROOT) + "_CHECK";
  }

  /** Of a check of a file: it says nothing but 0. */
  private static OptionalLong number(Check check) {
    return check instanceof FileCheck ? OptionalLong.of(0) : OptionalLong.empty();
  }

  /** One service: a server that is well, one that is not, and the sorry server instead of both. */
  static LvsSnapshot eventful() {
    Configuration configuration =
        Reading.of(
                "/k.conf",
                """
                virtual_server 10.0.0.1 80 {
                  protocol TCP
                  ha_suspend
                  quorum 4
                  sorry_server 10.0.0.9 80
                  real_server 10.0.0.11 80 {
                    weight 3
                    TCP_CHECK {
                    }
                  }
                  real_server 10.0.0.12 80 {
                    weight 2
                    HTTP_GET {
                      url {
                        path /
                      }
                    }
                    MISC_CHECK {
                      misc_path /usr/bin/true
                      misc_dynamic
                    }
                  }
                }
                """)
            .configuration();
    VirtualServer server = configuration.director().servers().get(0);
    ServerSnapshot well =
        new ServerSnapshot(
            server.servers().get(0),
            new ServerSnapshot.Life(true, OptionalLong.empty(), 1, 1),
            false,
            new ServerSnapshot.Share(3, 3, OptionalLong.empty()),
            List.of(
                check(
                    server.servers().get(0).checks().get(0),
                    new CheckLook(
                        "TCP_CHECK",
                        true,
                        12,
                        1,
                        Optional.of(new CheckLook.Run(true, "", NOW - SECOND, 1_250_000)),
                        OptionalLong.empty(),
                        1),
                    0)));
    List<Check> checks = server.servers().get(1).checks();
    ServerSnapshot ill =
        new ServerSnapshot(
            server.servers().get(1),
            new ServerSnapshot.Life(false, OptionalLong.of(NOW - 3 * SECOND / 2), 0, 1),
            false,
            new ServerSnapshot.Share(7, 7, OptionalLong.empty()),
            List.of(
                check(
                    checks.get(0),
                    new CheckLook(
                        "HTTP_GET",
                        false,
                        4,
                        2,
                        Optional.of(
                            new CheckLook.Run(
                                false,
                                "HTTP status 503, wanted \"200\"",
                                NOW - 3 * SECOND / 2,
                                20_000_000)),
                        OptionalLong.empty(),
                        1),
                    0),
                check(
                    checks.get(1),
                    new CheckLook(
                        "MISC_CHECK", true, 0, 0, Optional.empty(), OptionalLong.empty(), 1),
                    5)));
    return new LvsSnapshot(
        MOMENT,
        configuration,
        List.of(
            new ServiceSnapshot(
                server,
                new ServiceSnapshot.QuorumLook(false, 3, OptionalLong.of(NOW - SECOND), 1, 2),
                true,
                true,
                new ServiceSnapshot.Entry(
                    OptionalLong.empty(), Optional.of("no such scheduler (2)")),
                List.of(well, ill))));
  }

  private static CheckSnapshot check(Check check, CheckLook look, long added) {
    return new CheckSnapshot(check, look, added);
  }
}
