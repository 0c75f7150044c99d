package org.jkeepalived.link;

/**
 * Hears how a link is from whoever asks the kernel again and again ({@code linkbeat_interfaces}).
 */
@FunctionalInterface
public interface LinkBeat {

  /**
   * A polled link was asked.
   *
   * @param link its name
   * @param running whether it can carry packets
   */
  void beat(String link, boolean running);
}
