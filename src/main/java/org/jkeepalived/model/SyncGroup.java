package org.jkeepalived.model;

import java.util.List;
import java.util.Objects;

/**
 * {@code vrrp_sync_group}: instances that are all master, or none.
 *
 * @param name the block's name
 * @param members the instances' names, in the file's order; each exists and is in no other group
 * @param things what each member tracks besides its own
 * @param notifications who hears of its transitions
 */
public record SyncGroup(
    String name, List<String> members, List<Tracked> things, Notifications notifications) {
  public SyncGroup {
    Objects.requireNonNull(name);
    members = List.copyOf(members);
    things = List.copyOf(things);
    Objects.requireNonNull(notifications);
  }
}
