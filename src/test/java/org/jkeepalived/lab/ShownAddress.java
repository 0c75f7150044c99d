package org.jkeepalived.lab;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as the kernel has it.
 *
 * @param device the interface that carries it
 * @param address dotted quad, or in IPv6's way
 * @param prefixLength 0 to 32, or 128
 * @param broadcast the broadcast address, when one is set
 * @param scope {@code global}, {@code link}, …
 * @param label the interface's name, or an alias such as {@code ens33:0}; of IPv6 its last flag
 */
record ShownAddress(
    String device,
    String address,
    int prefixLength,
    Optional<String> broadcast,
    String scope,
    String label) {

  // 2: ens33    inet 192.168.32.200/16 brd 192.168.255.255 scope global secondary ens33:0\ ...
  private static final Pattern LINE =
      Pattern.compile(
          "^\\d+: (\\S+)\\s+inet6? ([0-9a-f.:]+)(?: peer ([0-9a-f.:]+))?/(\\d+)(?: brd ([0-9.]+))?"
              + "(?: metric \\d+)? scope (\\S+)([^\\\\]*)");

  static List<ShownAddress> parse(String output) {
    return output
        .lines()
        .map(LINE::matcher)
        .filter(Matcher::find)
        .map(
            line -> {
              String[] rest = line.group(7).trim().split(" ");
              return new ShownAddress(
                  line.group(1),
                  line.group(2),
                  Integer.parseInt(line.group(4)),
                  Optional.ofNullable(line.group(5)),
                  line.group(6),
                  rest[rest.length - 1]);
            })
        .toList();
  }
}
