package org.jkeepalived.lvs;

/** Where the lines go that virtual servers and their checks say. One thread at a time. */
public interface LvsLog {

  /** What keepalived always logs. */
  void info(String line);

  /** What an operator should look at. */
  void warning(String line);

  /** What is not as it was asked for. */
  void error(String line);
}
