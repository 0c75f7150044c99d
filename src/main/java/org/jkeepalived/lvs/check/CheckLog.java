package org.jkeepalived.lvs.check;

/** Hears what checks log, a line at a time. */
@FunctionalInterface
public interface CheckLog {

  void line(String text);
}
