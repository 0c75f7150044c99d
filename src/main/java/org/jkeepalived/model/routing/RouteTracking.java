package org.jkeepalived.model.routing;

/** What becomes of a route or a rule that somebody else removes. */
public enum RouteTracking {
  /** It is put back, and its link is a fault where it is down. */
  YES,
  /**
   * keepalived cannot track it, because its line names no link: it is put back all the same, but
   * keepalived's words for it are those of {@code no_track}.
   */
  WITHOUT_LINK,
  /** {@code no_track}: it stays away until there is a new master. */
  NO
}
