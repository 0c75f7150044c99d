package org.jkeepalived.linux.netlink.route;

import java.util.ArrayList;
import java.util.List;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkEvents;
import org.jkeepalived.link.LinkState;

/** Keeps what it was told, as text. */
final class RecordingEvents implements LinkEvents {
  final List<String> told = new ArrayList<>();

  @Override
  public void linkChanged(LinkState link) {
    told.add("link " + link.name() + (link.usable() ? " usable" : " unusable"));
  }

  @Override
  public void linkRemoved(LinkState link) {
    told.add("no link " + link.name());
  }

  @Override
  public void addressAdded(LinkAddress address) {
    told.add("address " + text(address));
  }

  @Override
  public void addressRemoved(LinkAddress address) {
    told.add("no address " + text(address));
  }

  @Override
  public void resynchronised() {
    told.add("resynchronised");
  }

  private static String text(LinkAddress address) {
    return address.local().getHostAddress() + "/" + address.prefixLength();
  }
}
