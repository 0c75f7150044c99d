package org.jkeepalived.notify;

/** An instance or a group, which may have the same name. */
record Subject(Event.Subject kind, String name) {
  static Subject of(Event event) {
    return new Subject(event.subject(), event.name());
  }
}
