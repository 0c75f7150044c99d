package org.jkeepalived.host.vrrp;

import org.jkeepalived.notify.Event;
import org.jkeepalived.vrrp.Effects;
import org.jkeepalived.vrrp.State;
import org.jkeepalived.vrrp.VirtualRouter;
import org.jkeepalived.vrrp.VrrpListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes what virtual routers have to say into the log, and passes on what happens to them. */
final class VrrpLog implements VrrpListener {

  private static final Logger LOG = LoggerFactory.getLogger(VrrpLog.class);

  private final Event.Listener events;

  VrrpLog(Event.Listener events) {
    this.events = events;
  }

  @Override
  public void log(Effects.Level level, String line) {
    LOG.atLevel(level(level)).log("{}", line);
  }

  /** The journal's fields, by which an operator filters: {@code KEEPALIVED_INSTANCE=VI_1}. */
  @Override
  public void log(VirtualRouter router, State state, Effects.Level level, String line) {
    LOG.atLevel(level(level))
        .addKeyValue("KEEPALIVED_INSTANCE", router.instance().name())
        .addKeyValue("KEEPALIVED_STATE", state)
        .addKeyValue("KEEPALIVED_PRIORITY", router.priority())
        .log("{}", line);
  }

  private static Level level(Effects.Level level) {
    return switch (level) {
      case ERROR -> Level.ERROR;
      case WARNING -> Level.WARN;
      case INFO -> Level.INFO;
      case DETAIL -> Level.DEBUG;
    };
  }

  @Override
  public void failed(String line, RuntimeException bug) {
    LOG.error("{}", line, bug);
  }

  @Override
  public void happened(Event event) {
    events.happened(event);
  }
}
