package org.jkeepalived.model.lvs;

import java.util.Objects;

/**
 * {@code DNS_CHECK}: a name server answers a question over UDP.
 *
 * @param name as it was written, with or without a dot in the end; empty for the root
 */
public record DnsCheck(CheckSchedule schedule, CheckConnection connection, Type type, String name)
    implements Check {
  public DnsCheck {
    Objects.requireNonNull(schedule);
    Objects.requireNonNull(connection);
    Objects.requireNonNull(type);
    Objects.requireNonNull(name);
  }

  /** What may be asked for; the constants have keepalived's spelling. */
  public enum Type {
    A(1),
    NS(2),
    CNAME(5),
    SOA(6),
    MX(15),
    TXT(16),
    AAAA(28);

    private final int number;

    Type(int number) {
      this.number = number;
    }

    /** Its number in a question, RFC 1035, 3.2.2, and RFC 3596. */
    public int number() {
      return number;
    }
  }
}
