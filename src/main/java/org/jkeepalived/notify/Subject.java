package org.jkeepalived.notify;

import java.util.Objects;
import java.util.Optional;

/**
 * Whom something happened to; an instance and a group may have the same name.
 *
 * @param kind what it is
 * @param name as it is configured; of virtual servers and real servers as keepalived writes them
 */
public record Subject(Kind kind, String name) {

  /** The kinds of subjects; scripts and FIFOs of VRRP are told the constant's name. */
  public enum Kind {
    INSTANCE,
    GROUP,
    VIRTUAL_SERVER,
    /** A real server of one virtual server. */
    REAL_SERVER
  }

  private static final String OF = " of ";

  public Subject {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(name);
  }

  // a record's own are made at run time when they are first used: 20 ms of the daemon's start
  @Override
  public boolean equals(Object other) {
    return other instanceof Subject subject && kind == subject.kind && name.equals(subject.name);
  }

  @Override
  public int hashCode() {
    return 31 * kind.ordinal() + name.hashCode();
  }

  public static Subject instance(String name) {
    return new Subject(Kind.INSTANCE, name);
  }

  public static Subject group(String name) {
    return new Subject(Kind.GROUP, name);
  }

  public static Subject virtualServer(String service) {
    return new Subject(Kind.VIRTUAL_SERVER, service);
  }

  public static Subject realServer(String server, String service) {
    return new Subject(Kind.REAL_SERVER, server + OF + service);
  }

  /** Of a real server, the virtual server that it belongs to. */
  Optional<Subject> virtualServer() {
    return kind == Kind.REAL_SERVER
        ? Optional.of(virtualServer(name.substring(name.indexOf(OF) + OF.length())))
        : Optional.empty();
  }
}
