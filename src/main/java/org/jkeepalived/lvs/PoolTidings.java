package org.jkeepalived.lvs;

import java.util.Optional;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.lvs.Quorum;
import org.jkeepalived.model.lvs.RealServer;
import org.jkeepalived.model.lvs.VirtualServer;
import org.jkeepalived.model.lvs.VirtualServer.SorryServer;
import org.jkeepalived.model.lvs.VirtualService;
import org.jkeepalived.notify.LvsEvent;

/**
 * What is said of a virtual server: log lines, and events for scripts, FIFOs and mails.
 *
 * <p>COMPAT: all words are keepalived's, to the letter.
 */
final class PoolTidings {

  private final PoolEffects effects;
  private final VirtualService service;

  PoolTidings(PoolEffects effects, VirtualService service) {
    this.effects = effects;
    this.service = service;
  }

  private String text() {
    return service.text();
  }

  /**
   * It begins.
   *
   * @param state the quorum's, in keepalived's words
   */
  void begins(VirtualServer configured, boolean quorum, String state) {
    if (quorum) {
      // COMPAT: the log and the mail have words of their own
      effects.log("Gained quorum " + state + " for VS " + text());
      tellQuorum(configured, true, "Starting with quorum up " + state);
    } else if (configured.sorry().isPresent()) {
      // COMPAT: without a sorry server nobody is told
      effects.log("Starting with quorum down " + state + " for VS " + text());
      sorryServer(configured.sorry().get(), false);
      tellQuorum(configured, false, "Starting with quorum down " + state);
    }
  }

  void serverComes(PoolServer server) {
    effects.log(
        server.configured().inhibited()
            ? "Enabling service " + server.text() + " of VS " + text()
            : "Adding service " + server.text() + " to VS " + text());
  }

  void serverGoes(PoolServer server) {
    effects.log(
        server.configured().inhibited()
            ? "Disabling service " + server.text() + " of VS " + text()
            : "Removing service " + server.text() + " from VS " + text());
  }

  void slowStartBegins(PoolServer server) {
    effects.log(
        "Slow start of service "
            + server.text()
            + " of VS "
            + text()
            + ": weight "
            + server.shareOfTable()
            + " of "
            + server.weight()
            + " at first");
  }

  void slowStartIsOver(PoolServer server) {
    effects.log(
        "Slow start of service "
            + server.text()
            + " of VS "
            + text()
            + " is over: weight "
            + server.weight());
  }

  void weightChanges(PoolServer server, long before) {
    effects.log(
        "Changing weight from "
            + before
            + " to "
            + server.weight()
            + (server.isAlive() ? " for active service " : " for inactive service ")
            + server.text()
            + " of VS "
            + text());
  }

  /** A reload takes a server out. */
  void serverIsNoMore(PoolServer server) {
    effects.log("service " + server.text() + " no longer exist");
    serverEnds(server, "Removing ");
  }

  /** A server ends with the pool. */
  void serverEnds(PoolServer server, String how) {
    effects.log(server.ending(how) + " from VS " + text());
  }

  void isRemoved() {
    effects.log("Removing Virtual Server " + text());
  }

  /**
   * The quorum is there, or there no more.
   *
   * @param state the quorum's, in keepalived's words
   */
  void quorumChanges(VirtualServer configured, boolean quorum, String state) {
    effects.log(quorumReason(quorum, state) + " for VS " + text());
    configured.sorry().ifPresent(sorry -> sorryServer(sorry, quorum));
  }

  static String quorumReason(boolean quorum, String state) {
    return (quorum ? "Gained quorum " : "Lost quorum ") + state;
  }

  private void sorryServer(SorryServer sorry, boolean quorum) {
    if (quorum) {
      effects.log(leaving(sorry));
      effects.log("Adding alive servers to the pool for VS " + text());
    } else {
      effects.log(coming(sorry));
      effects.log("Removing alive servers from the pool for VS " + text());
    }
  }

  /** While the sorry server serves, the configuration names another one. */
  void sorryServerIsExchanged(Optional<SorryServer> before, Optional<SorryServer> after) {
    if (!before.equals(after)) {
      before.ifPresent(sorry -> effects.log(leaving(sorry)));
      after.ifPresent(sorry -> effects.log(coming(sorry)));
    }
  }

  private String coming(SorryServer sorry) {
    String what = sorry.inhibited() ? "Enabling sorry server " : "Adding sorry server ";
    return what + textOf(sorry) + " to VS " + text();
  }

  private String leaving(SorryServer sorry) {
    String what = sorry.inhibited() ? "Disabling sorry server " : "Removing sorry server ";
    return what + textOf(sorry) + " from VS " + text();
  }

  private String textOf(SorryServer sorry) {
    return sorry.address().text(service.protocolText());
  }

  /** One of several checks has changed, and the server is what it was because of another one. */
  void checkChanges(PoolServer server, boolean up, String reason) {
    if (server.configured().tidings().checkMail()) {
      effects.happened(new LvsEvent.CheckState(server.text(), text(), up, reason));
    }
  }

  void tellServer(PoolServer server, boolean up, boolean mail, String reason) {
    RealServer.Tidings tidings = server.configured().tidings();
    Optional<Command> script = up ? tidings.up() : tidings.down();
    effects.happened(new LvsEvent.ServerState(server.text(), text(), up, script, mail, reason));
  }

  /** {@code rs_init_notifies}: a server that is up without having come up. */
  void tellFirst(PoolServer server) {
    if (server.isAlive() && server.configured().tidings().fromStart()) {
      effects.happened(
          new LvsEvent.ServerAtStart(server.text(), text(), server.configured().tidings().up()));
    }
  }

  void tellQuorum(VirtualServer configured, boolean up, String reason) {
    tellQuorum(configured.quorum(), up, configured.conduct().mail(), reason);
  }

  /** {@code omega}: it is told that there is none any more, and nobody is mailed. */
  void tellQuorumEnds(VirtualServer configured) {
    tellQuorum(configured.quorum(), false, false, "Shutting down");
  }

  private void tellQuorum(Quorum quorum, boolean up, boolean mail, String reason) {
    Optional<Command> script = up ? quorum.up() : quorum.down();
    effects.happened(new LvsEvent.QuorumState(text(), up, script, mail, reason));
  }
}
