package org.jkeepalived.linux;

/** What is waited for on a descriptor; an error or a hang-up counts as each of them. */
public enum Readiness {
  /** Something can be read, or somebody connects. */
  READABLE(1),
  /** Something can be written, or a connection that was begun has come to an answer. */
  WRITABLE(4),
  /** Either of them. */
  EITHER(5);

  /** As epoll_ctl(2) takes it: EPOLLIN is 1, EPOLLOUT is 4. */
  final int events;

  Readiness(int events) {
    this.events = events;
  }
}
