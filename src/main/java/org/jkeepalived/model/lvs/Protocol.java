package org.jkeepalived.model.lvs;

import java.util.Locale;

/** What a service is spoken over. */
public enum Protocol {
  TCP,
  UDP,
  SCTP;

  /** As keepalived writes it in names: in small letters. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
