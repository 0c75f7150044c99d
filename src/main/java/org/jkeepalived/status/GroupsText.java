package org.jkeepalived.status;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jkeepalived.model.SyncGroup;

/** The dump's section on sync groups. */
final class GroupsText {

  private final VrrpSnapshot snapshot;
  private final CommandText commands;
  private final Consumer<String> lines;
  private final Map<String, RouterSnapshot.Troubles> troubles = new HashMap<>();

  GroupsText(VrrpSnapshot snapshot, CommandText commands, Consumer<String> lines) {
    this.snapshot = snapshot;
    this.commands = commands;
    this.lines = lines;
    for (RouterSnapshot router : snapshot.routers()) {
      troubles.put(router.instance().name(), router.troubles());
    }
  }

  void write() {
    if (snapshot.groups().isEmpty()) {
      return;
    }
    lines.accept("------< VRRP Sync groups >------");
    snapshot.groups().forEach(this::group);
  }

  private void group(GroupSnapshot taken) {
    SyncGroup group = taken.group();
    lines.accept(" VRRP Sync Group = " + group.name() + ", " + taken.state());
    line(
        "Num member fault "
            + members(group, RouterSnapshot.Troubles::isFaulty)
            + ", num member init "
            + members(group, each -> each.waiting() > 0));
    line("VRRP member instances :");
    group.members().forEach(member -> line("  " + member));
    line(NotificationsText.mail(group.notifications()));
    if (group.notifications().priorityChanges()) {
      line("Notify priority changes = yes");
    }
    TrackedText.ofGroup(group.things(), this::line);
    NotificationsText.scripts(group.notifications(), commands, this::line);
  }

  private long members(SyncGroup group, Predicate<RouterSnapshot.Troubles> condition) {
    List<String> members = group.members();
    return members.stream().map(troubles::get).filter(Objects::nonNull).filter(condition).count();
  }

  private void line(String text) {
    lines.accept("   " + text);
  }
}
