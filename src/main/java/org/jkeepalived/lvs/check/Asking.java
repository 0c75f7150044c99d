package org.jkeepalived.lvs.check;

/** A question that has been put to a server, until its answer has come. */
@FunctionalInterface
public interface Asking {

  /** Gives it up: no answer comes any more, and what it has opened is closed. */
  void cancel();
}
