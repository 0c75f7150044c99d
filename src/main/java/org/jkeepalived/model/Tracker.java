package org.jkeepalived.model;

/** The definition of something that can be tracked by name. */
public sealed interface Tracker permits ScriptTracker, FileTracker, ProcessTracker {

  TrackTarget target();

  /** What the lines that track it say unless they name one. */
  Weight weight();
}
