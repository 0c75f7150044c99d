package org.jkeepalived.lvs.table;

import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.ServerAddress;

/** How log lines name what is in the table. */
public final class TableText {

  private TableText() {}

  /** As keepalived names services: {@code [10.0.0.1]:tcp:80}, {@code FWM 5}. */
  public static String of(ServiceKey key) {
    if (key instanceof ServiceKey.ByAddress named) {
      return named.address().text(named.protocol().text());
    }
    ServiceKey.ByMark marked = (ServiceKey.ByMark) key;
    return "FWM " + marked.mark() + (marked.family() == AddressFamily.IPV6 ? " IPv6" : "");
  }

  /** As keepalived names real servers: {@code [10.0.0.11]:tcp:80}. */
  public static String of(ServiceKey key, ServerAddress server) {
    return server.text(
        key instanceof ServiceKey.ByAddress named ? named.protocol().text() : "none");
  }

  /** What a change does: {@code add service [10.0.0.1]:tcp:80}. */
  public static String of(TableChange change) {
    String service = of(change.service());
    if (change instanceof TableChange.AddService) {
      return "add service " + service;
    } else if (change instanceof TableChange.EditService) {
      return "change service " + service;
    } else if (change instanceof TableChange.RemoveService) {
      return "remove service " + service;
    } else if (change instanceof TableChange.AddDestination add) {
      return "add " + of(add.service(), add.address()) + " to service " + service;
    } else if (change instanceof TableChange.EditDestination edit) {
      return "change " + of(edit.service(), edit.address()) + " of service " + service;
    }
    TableChange.RemoveDestination gone = (TableChange.RemoveDestination) change;
    return "remove " + of(gone.service(), gone.address()) + " from service " + service;
  }
}
