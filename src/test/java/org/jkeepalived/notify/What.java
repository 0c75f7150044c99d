package org.jkeepalived.notify;

import org.jkeepalived.model.Notifications;
import org.jkeepalived.notify.VrrpEvent.Entered;

/** Every kind of event that VRRP has, by keepalived's word for it, for tables and dice of tests. */
public enum What {
  MASTER,
  BACKUP,
  FAULT,
  STOP,
  DELETED,
  MASTER_RX_LOWER_PRI,
  MASTER_PRIORITY,
  BACKUP_PRIORITY;

  public VrrpEvent of(Subject subject, int priority, Notifications notifications) {
    return switch (this) {
      case MASTER, BACKUP, FAULT ->
          new VrrpEvent.Transition(subject, Entered.valueOf(name()), priority, notifications);
      case STOP -> new VrrpEvent.Stopped(subject, priority, notifications);
      case DELETED -> new VrrpEvent.Deleted(subject, priority, notifications);
      case MASTER_RX_LOWER_PRI ->
          new VrrpEvent.LowerPriorityAdvertisement(subject, priority, notifications);
      case MASTER_PRIORITY -> new VrrpEvent.PriorityChange(subject, true, priority, notifications);
      case BACKUP_PRIORITY -> new VrrpEvent.PriorityChange(subject, false, priority, notifications);
    };
  }
}
