package org.jkeepalived.log;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what Java's own libraries have to say where everything else goes, found through {@code
 * META-INF/services}.
 */
public final class PlatformLoggerFinder extends System.LoggerFinder {

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new PlatformLogger(name, LoggerFactory.getLogger(name));
  }

  /**
   * What Java warns of; the rest is about Java.
   *
   * @param name the library's name for it
   * @param logger where it goes
   */
  private record PlatformLogger(String name, Logger logger) implements System.Logger {

    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return level.getSeverity() >= Level.WARNING.getSeverity() && level != Level.OFF;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {
      if (isLoggable(level)) {
        if (level == Level.ERROR) {
          logger.error(text, thrown);
        } else {
          logger.warn(text, thrown);
        }
      }
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
      if (isLoggable(level)) {
        boolean plain = parameters == null || parameters.length == 0;
        log(
            level,
            bundle,
            plain ? format : MessageFormat.format(format, parameters),
            (Throwable) null);
      }
    }
  }
}
