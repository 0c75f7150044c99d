package org.jkeepalived.linux.netlink.route;

import java.io.IOException;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkEvents;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.linux.Poller;

/**
 * A tool: prints the links and addresses, and with {@code -f} what happens to them from then on.
 *
 * <pre>java -cp 'jkeepalived.jar:lib/*' org.jkeepalived.linux.netlink.route.ShowLinks [-f]</pre>
 */
final class ShowLinks implements LinkEvents {
  private ShowLinks() {}

  public static void main(String[] arguments) throws IOException {
    Links links = new Links();
    links.addListener(new ShowLinks());
    try (Poller poller = new Poller();
        RouteMonitor monitor = RouteMonitor.open(Runnable::run, Runnable::run, links)) {
      monitor.start();
      poller.add(monitor.fd(), () -> monitor.drain(64));
      while (arguments.length > 0 && arguments[0].equals("-f")) {
        poller.poll(Long.MAX_VALUE);
      }
    }
  }

  @Override
  public void linkChanged(LinkState link) {
    System.out.println("link    " + link);
  }

  @Override
  public void linkRemoved(LinkState link) {
    System.out.println("no link " + link.index() + ": " + link.name());
  }

  @Override
  public void addressAdded(LinkAddress address) {
    System.out.println("address " + address);
  }

  @Override
  public void addressRemoved(LinkAddress address) {
    System.out.println("no      " + address);
  }

  @Override
  public void resynchronised() {
    System.out.println("that is all");
  }
}
