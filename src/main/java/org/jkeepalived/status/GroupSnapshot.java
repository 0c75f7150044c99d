package org.jkeepalived.status;

import java.util.Objects;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.vrrp.State;

/**
 * One sync group as it was.
 *
 * @param group what is configured
 * @param state the state of all members; while they differ, the one that they had in common last
 */
public record GroupSnapshot(SyncGroup group, State state) {
  public GroupSnapshot {
    Objects.requireNonNull(group);
    Objects.requireNonNull(state);
  }
}
