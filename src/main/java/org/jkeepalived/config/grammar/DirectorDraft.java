package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.ServerGroup;
import org.jkeepalived.model.lvs.TableSettings;
import org.jkeepalived.model.lvs.TlsFiles;
import org.jkeepalived.model.lvs.VirtualServer;

/** What has been read of virtual servers. */
final class DirectorDraft {

  final List<VirtualServerDraft> servers = new ArrayList<>();
  final Map<String, ServerGroup> groups = new LinkedHashMap<>();

  OptionalInt tcpSeconds = OptionalInt.empty();
  OptionalInt tcpFinSeconds = OptionalInt.empty();
  OptionalInt udpSeconds = OptionalInt.empty();
  boolean flushedAtStart;
  TableSettings.AtStop atStop = TableSettings.AtStop.REMOVE_EACH;
  final SlowStarts slowStarts = new SlowStarts();
  boolean written = true;
  boolean checksOnce;
  long comparisonNanos = TableSettings.STANDARD_COMPARISON_NANOS;

  /** What checks that do not say it log. */
  boolean logsAllFailures;

  /** The last {@code SSL} block. */
  Optional<SslKeywords.SslDraft> tls = Optional.empty();

  /** The finished virtual servers, without those that cannot serve. */
  Director complete(GlobalDraft globals, Commands commands, GrammarReport report) {
    List<VirtualServer> complete = new ArrayList<>();
    for (VirtualServerDraft draft : servers) {
      Optional<VirtualServer> server =
          new VirtualServerCompletion(draft, globals, commands, report).complete();
      server.ifPresent(complete::add);
    }
    slowStarts.complain(complete, report);
    return new Director(
        complete,
        tls.map(SslKeywords.SslDraft::complete).orElse(TlsFiles.NONE),
        new TableSettings(
            written,
            new TableSettings.Timeouts(tcpSeconds, tcpFinSeconds, udpSeconds),
            flushedAtStart,
            atStop,
            comparisonNanos),
        checksOnce);
  }
}
