package org.jkeepalived.host.lvs.ipvs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.Protocol;
import org.jkeepalived.model.lvs.ServerAddress;

/** A service in a line of the journal: {@code tcp 10.0.0.1 80}, {@code fwmark 5 IPv4}. */
final class ServiceLine {

  private static final String MARK = "fwmark";

  /** No name: it would be looked up. */
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+|[0-9a-f]*:[0-9a-f:.]*");

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
  private static final long MOST_MARK = 0xffff_ffffL;
  private static final long MOST_PORT = 0xffff;

  private ServiceLine() {}

  // joined and not added up: the first sum of texts costs the JVM more than two hundred lines do
  static String text(ServiceKey key) {
    if (key instanceof ServiceKey.ByAddress byAddress) {
      ServerAddress at = byAddress.address();
      String port = Integer.toString(at.port());
      return String.join(" ", byAddress.protocol().text(), at.addressText(), port);
    }
    ServiceKey.ByMark byMark = (ServiceKey.ByMark) key;
    return String.join(" ", MARK, Long.toString(byMark.mark()), byMark.family().text());
  }

  /** Empty for what is no service; anything may stand there. */
  static Optional<ServiceKey> parse(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != 3) {
      return Optional.empty();
    }
    return words[0].equals(MARK) ? mark(words[1], words[2]) : address(words);
  }

  private static Optional<ServiceKey> mark(String mark, String family) {
    return Stream.of(AddressFamily.values())
        .filter(each -> each.text().equals(family))
        .findFirst()
        .flatMap(each -> number(mark, MOST_MARK).map(value -> new ServiceKey.ByMark(value, each)));
  }

  private static Optional<ServiceKey> address(String[] words) {
    Optional<Protocol> protocol =
        Stream.of(Protocol.values()).filter(each -> each.text().equals(words[0])).findFirst();
    Optional<Long> port = number(words[2], MOST_PORT);
    if (protocol.isEmpty() || port.isEmpty() || !ADDRESS.matcher(words[1]).matches()) {
      return Optional.empty();
    }
    try {
      ServerAddress at = new ServerAddress(InetAddress.getByName(words[1]), port.get().intValue());
      return Optional.of(new ServiceKey.ByAddress(at, protocol.get()));
    } catch (UnknownHostException noAddress) {
      return Optional.empty();
    }
  }

  private static Optional<Long> number(String text, long most) {
    return Optional.of(text)
        .filter(each -> NUMBER.matcher(each).matches())
        .map(Long::valueOf)
        .filter(value -> value <= most);
  }
}
