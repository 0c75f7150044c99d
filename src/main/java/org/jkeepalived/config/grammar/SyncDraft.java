package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.lvs.SyncDaemon;

/** What has been read of {@code lvs_sync_daemon}, and of its old spelling in instances. */
final class SyncDraft {

  /** What one {@code lvs_sync_daemon} says. */
  static final class Line {
    final Token interfaceName;
    Optional<Token> instance = Optional.empty();
    OptionalInt id = OptionalInt.empty();
    OptionalInt maxLength = OptionalInt.empty();
    OptionalInt port = OptionalInt.empty();
    OptionalInt ttl = OptionalInt.empty();
    Optional<InetAddress> group = Optional.empty();

    Line(Token interfaceName) {
      this.interfaceName = interfaceName;
    }
  }

  /** {@code lvs_sync_daemon_interface} of an instance. */
  private record OldLine(Token instance, Statement statement) {}

  Optional<Line> line = Optional.empty();
  private final List<OldLine> oldLines = new ArrayList<>();

  /** COMPAT: it counts where {@code global_defs}, wherever it stands, says nothing. */
  void oldSpelling(Statement statement, InstanceDraft draft, GrammarReport report) {
    oldLines.add(new OldLine(draft.place, statement));
    String code = "deprecated-keyword";
    Token word = statement.keyword();
    // COMPAT: two lines
    report.warn(
        word,
        code,
        "("
            + draft.name()
            + ") Specifying lvs_sync_daemon_interface against a vrrp is deprecated.");
    report.at(
        word,
        Severity.WARNING,
        code,
        "        Please use global lvs_sync_daemon",
        "write 'lvs_sync_daemon' in global_defs instead");
  }

  /**
   * The finished sync daemon.
   *
   * @param instances those that run
   */
  Optional<SyncDaemon> complete(List<VrrpInstance> instances, GrammarReport report) {
    oldLines.forEach(old -> take(old, report));
    return line.flatMap(said -> complete(said, instances, report));
  }

  private void take(OldLine old, GrammarReport report) {
    List<Token> words = old.statement().arguments();
    Token keyword = old.statement().keyword();
    if (line.isPresent()) {
      report.warn(
          keyword,
          "duplicate-sync-daemon",
          "("
              + old.instance().text()
              + ") lvs_sync_daemon_interface has already been specified as "
              + line.get().interfaceName.text()
              + " - ignoring");
    } else if (words.isEmpty()) {
      missing(keyword, keyword, 2, report);
    } else {
      Line said = new Line(words.get(0));
      said.instance = Optional.of(old.instance());
      line = Optional.of(said);
    }
  }

  /**
   * Says that a line ends too early; COMPAT: such a configuration is not run.
   *
   * @param position of the word that is missing; the keyword's is 1
   */
  static void missing(Token keyword, Token before, int position, GrammarReport report) {
    report.at(
        keyword,
        Severity.FATAL,
        Grammar.MISSING_PARAMETER_CODE,
        "*** Configuration line starting `"
            + keyword.text()
            + "` is missing a parameter after keyword `"
            + before.text()
            + "` at word position "
            + position);
  }

  /** Empty, with the reason reported, where the instance that it names is not there. */
  private static Optional<SyncDaemon> complete(
      Line said, List<VrrpInstance> instances, GrammarReport report) {
    Optional<VrrpInstance> followed =
        said.instance.flatMap(
            name -> instances.stream().filter(one -> one.name().equals(name.text())).findFirst());
    if (said.instance.isPresent() && followed.isEmpty()) {
      Token name = said.instance.get();
      report.aside(
          name,
          "unknown-sync-instance",
          "Unable to find vrrp instance "
              + name.text()
              + " for lvs_syncd - clearing lvs_syncd config",
          "name an instance, or none");
      return Optional.empty();
    }
    int standard = followed.map(one -> one.key().virtualRouterId()).orElse(0);
    return Optional.of(
        new SyncDaemon(
            said.interfaceName.text(),
            followed.map(VrrpInstance::name),
            said.id.orElse(standard),
            new SyncDaemon.Transport(said.maxLength, said.port, said.ttl, said.group)));
  }
}
