package org.jkeepalived.vrrp;

/** The states of a virtual router, with the names that keepalived gives them in its log. */
public enum State {
  /** Not started, or stopped. */
  INIT,
  BACKUP,
  MASTER,
  /** Something it needs is missing: it neither speaks nor holds addresses. */
  FAULT
}
