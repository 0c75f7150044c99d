package org.jkeepalived.vrrp.packet;

import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Unicast;
import org.jkeepalived.model.VrrpInstance;

/**
 * What the checksum of an advertisement covers besides the advertisement itself. Version 3 over
 * IPv4 is read in two ways, and one of our peers had a third one: all are believed.
 */
public enum ChecksumKind {
  /** Nothing: version 2, and version 3 by RFC 9568 section 5.2.8, as routers of Cisco's have it. */
  PLAIN("without the pseudo header"),
  /** Source and destination: version 3 by RFC 5798, as keepalived has it. */
  PSEUDO_HEADER("with the pseudo header"),
  /** The group in place of the peer that it is sent to: keepalived before 1.3.7. */
  OLD_UNICAST("with the group's address in place of the peer's");

  private static final int LAST_WITHOUT_PSEUDO_HEADER = 2;

  private final String words;

  ChecksumKind(String words) {
    this.words = words;
  }

  /** How an instance makes it, where its peers do not make it otherwise. */
  public static ChecksumKind of(VrrpInstance instance) {
    if (instance.protocol().version() == LAST_WITHOUT_PSEUDO_HEADER) {
      return PLAIN;
    }
    if (instance.key().family() == AddressFamily.IPV6) {
      return PSEUDO_HEADER;
    }
    if (instance.key().isUnicast()
        && instance.protocol().unicast().oldChecksum().use() == Unicast.OldChecksum.Use.ALWAYS) {
      return OLD_UNICAST;
    }
    return instance.conduct().checksumAsVersion2() ? PLAIN : PSEUDO_HEADER;
  }

  /** For the operator: how it is made. */
  public String words() {
    return words;
  }
}
