package org.jkeepalived.lvs;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jkeepalived.lvs.check.CheckedServer;

/**
 * Finds the real server that an operator means: {@code 10.0.0.1:80}, {@code [10.0.0.1]:tcp:80},
 * {@code 10.0.0.1:80/udp}, an address alone, the name of a group, {@code FWM 5}. What may mean
 * several is asked back.
 */
public final class ServerFinder {

  private static final Pattern ADDRESS = Pattern.compile("\\[(.+)\\]:(\\w+):(\\d+)");
  private static final Pattern GROUP = Pattern.compile("\\[(.+)\\]:0");

  /** Names that are told to whoever knows none of them. */
  private static final int NAMES_TOLD = 20;

  /**
   * What has been found.
   *
   * @param complaint why nothing was
   */
  public record Found(Optional<CheckedServer> server, String complaint) {
    public Found {
      Objects.requireNonNull(server);
      Objects.requireNonNull(complaint);
    }

    private static Found nothing(String complaint) {
      return new Found(Optional.empty(), complaint);
    }
  }

  private ServerFinder() {}

  /**
   * Finds one.
   *
   * @param all all real servers, as the log names them
   */
  public static Found find(List<CheckedServer> all, String service, String server) {
    List<String> services = texts(all, CheckedServer::service);
    List<String> chosen = meant(services, service);
    if (chosen.size() != 1) {
      return Found.nothing(
          chosen.isEmpty()
              ? "No virtual server is called " + service + "; there are " + told(services)
              : service + " may be " + String.join(" or ", chosen));
    }
    String one = chosen.get(0);
    List<CheckedServer> its = all.stream().filter(each -> each.service().equals(one)).toList();
    List<String> servers = texts(its, CheckedServer::server);
    List<String> meant = meant(servers, server);
    if (meant.size() != 1) {
      return Found.nothing(
          meant.isEmpty()
              ? "VS " + one + " has no real server " + server + "; it has " + told(servers)
              : server + " may be " + String.join(" or ", meant));
    }
    return new Found(Optional.of(new CheckedServer(meant.get(0), one)), "");
  }

  private static List<String> texts(List<CheckedServer> all, Function<CheckedServer, String> text) {
    return all.stream().map(text).distinct().toList();
  }

  /** Those of some names, as the log has them, that an operator may mean. */
  public static List<String> meant(List<String> names, String said) {
    String plain = plain(said);
    return names.contains(said)
        ? List.of(said)
        : names.stream()
            .filter(name -> spellings(name).anyMatch(each -> plain(each).equals(plain)))
            .toList();
  }

  private static String plain(String text) {
    return text.replace(" ", "").toLowerCase(Locale.ROOT);
  }

  private static Stream<String> spellings(String name) {
    Matcher address = ADDRESS.matcher(name);
    if (address.matches()) {
      String host = address.group(1);
      String port = address.group(3);
      String protocol = "/" + address.group(2);
      return Stream.of(host, "[" + host + "]")
          .flatMap(each -> Stream.of(each, each + ":" + port, each + ":" + port + protocol))
          .collect(Collectors.collectingAndThen(Collectors.toList(), List::stream));
    }
    Matcher group = GROUP.matcher(name);
    return group.matches() ? Stream.of(name, group.group(1)) : Stream.of(name);
  }

  private static String told(List<String> names) {
    String more = names.size() > NAMES_TOLD ? ", …" : "";
    return names.isEmpty()
        ? "none"
        : names.stream().limit(NAMES_TOLD).collect(Collectors.joining(", ")) + more;
  }
}
