package org.jkeepalived.vrrp;

/** The other members of a virtual router's sync group, as it sees them. */
interface SyncPeers {

  /** Of a virtual router that is in no sync group. */
  SyncPeers NONE = new Without(true);

  /** While a reload is under way, and who the peers are is not known yet: nobody takes over. */
  SyncPeers UNKNOWN = new Without(false);

  /** Whether all others are master, or will be as soon as {@code first} is. */
  boolean wouldFollow(VirtualRouter first);

  /** Whether none of them needs an election to be master at first. */
  boolean startAsMasters();

  /** A member's state changed, its faults, whether it is ready, or whether it follows a master. */
  void changed(long nowNanos);

  /** There is nobody to ask. */
  record Without(boolean mayBeMaster) implements SyncPeers {
    @Override
    public boolean wouldFollow(VirtualRouter first) {
      return mayBeMaster;
    }

    @Override
    public boolean startAsMasters() {
      return mayBeMaster;
    }

    @Override
    public void changed(long nowNanos) {
      // nobody goes by it
    }
  }
}
