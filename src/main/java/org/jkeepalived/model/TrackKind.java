package org.jkeepalived.model;

/** What can be tracked; the order is keepalived's own when it names them. */
public enum TrackKind {
  INTERFACE,
  SCRIPT,
  FILE,
  PROCESS
}
