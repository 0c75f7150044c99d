package org.jkeepalived.host.vrrp;

import org.jkeepalived.notify.Event;
import org.jkeepalived.vrrp.Effects;
import org.jkeepalived.vrrp.VrrpListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what virtual routers have to say into the log, and passes on what happens to them. */
final class VrrpLog implements VrrpListener {

  private static final Logger LOG = LoggerFactory.getLogger(VrrpLog.class);

  private final Event.Listener events;

  VrrpLog(Event.Listener events) {
    this.events = events;
  }

  @Override
  public void log(Effects.Level level, String line) {
    switch (level) {
      case ERROR -> LOG.error("{}", line);
      case WARNING -> LOG.warn("{}", line);
      case INFO -> LOG.info("{}", line);
      case DETAIL -> LOG.debug("{}", line);
    }
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
