package org.jkeepalived.host.lvs;

import org.jkeepalived.lvs.LvsLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What virtual servers say, in the daemon's log. */
final class DirectorLog implements LvsLog {

  private static final Logger LOG = LoggerFactory.getLogger(DirectorLog.class);

  @Override
  public void info(String line) {
    LOG.info("{}", line);
  }

  @Override
  public void warning(String line) {
    LOG.warn("{}", line);
  }

  @Override
  public void error(String line) {
    LOG.error("{}", line);
  }
}
