package org.jkeepalived.kernel;

import java.util.List;

/**
 * Something that is put into the kernel, as the operator asked for it: links go by their names. Two
 * of them are equal if they were asked for with the same properties; they are the same one for the
 * kernel if their {@linkplain #key keys} are equal.
 */
public sealed interface KernelObject
    permits KernelAddress,
        KernelRoute,
        KernelRule,
        KernelFilter,
        KernelBlock,
        KernelDetour,
        KernelLink,
        KernelSetting {

  /** What kind of object it is: what it is written with follows from that. */
  enum Kind {
    ADDRESS,
    ROUTE,
    RULE,
    /** What blocks of addresses are in: a table of the packet filter. */
    FILTER,
    /** An address that does not answer. */
    BLOCK,
    /** What the kernel itself sends on a VMAC leaves by the link under it. */
    DETOUR,
    /** A link of our own. */
    LINK,
    /** How somebody else's link is set. */
    SETTING;

    /** Whether it says how packets are routed. */
    public boolean isRouting() {
      return this == ROUTE || this == RULE;
    }

    /** Whether the packet filter knows of it, and routing does not. */
    public boolean isFirewall() {
      return this == FILTER || this == BLOCK || this == DETOUR;
    }
  }

  /** What makes two objects the same one for the kernel. */
  sealed interface Key
      permits KernelAddress.Key,
          KernelRoute.Key,
          KernelRule.Key,
          KernelFilter.Key,
          KernelBlock.Key,
          KernelDetour.Key,
          KernelLink.Key,
          KernelSetting.Key {
    Kind kind();
  }

  Kind kind();

  /** The names of the links that must be there before it can be; the order is its own. */
  List<String> links();

  /**
   * What makes it the same one for the kernel as another.
   *
   * @param linkIndices the kernel's numbers of {@link #links}, in their order
   */
  Key key(List<Integer> linkIndices);

  /** What people call it: {@code 10.0.0.1}. */
  String name();

  /**
   * It and where it goes to or from, for a log line: {@code 10.0.0.1/24 to eth0}.
   *
   * @param operation whether it is to go there or from there
   */
  String text(KernelRequest.Operation operation);

  /** That it is gone, for a log line: {@code IP 10.0.0.1 removed from eth0}. */
  String lossText();

  /** Whether it is to be put back when somebody else removes it. */
  boolean isTracked();

  /**
   * How the journal names it, in one line. The kernel's own description of the object must give the
   * same line. Unless it is an address, the line begins with the kind and a colon, which no name of
   * a link holds.
   */
  String journalText();
}
