package org.jkeepalived.kernel;

import java.util.List;
import java.util.Objects;
import org.jkeepalived.model.VirtualLink;

/** A link of our own that stands on another one. */
public record KernelLink(VirtualLink link) implements KernelObject {

  public KernelLink {
    Objects.requireNonNull(link);
  }

  /** What makes two links the same one for the kernel. */
  public record Key(String name) implements KernelObject.Key {
    // a record's own are made at run time when they are first used: 20 ms of the daemon's start
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && name.equals(key.name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }

    @Override
    public Kind kind() {
      return Kind.LINK;
    }
  }

  @Override
  public Kind kind() {
    return Kind.LINK;
  }

  /** The one that it stands on. */
  @Override
  public List<String> links() {
    return List.of(link.base());
  }

  @Override
  public Key key(List<Integer> linkIndices) {
    return new Key(link.name());
  }

  @Override
  public String name() {
    return link.name();
  }

  @Override
  public String text(KernelRequest.Operation operation) {
    return link.nature().driver()
        + " "
        + link.name()
        + (operation == KernelRequest.Operation.ADD ? " to " : " from ")
        + link.base();
  }

  @Override
  public String lossText() {
    return "interface " + link.name() + " removed";
  }

  @Override
  public boolean isTracked() {
    return true;
  }

  @Override
  public String journalText() {
    return JournalLink.write(link);
  }
}
