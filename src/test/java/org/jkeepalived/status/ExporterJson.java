package org.jkeepalived.status;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What both public exporters make of {@code keepalived.json}: an array of objects, of which they
 * take these members. Most must be whole numbers, or the file is refused.
 */
public final class ExporterJson {

  private static final List<String> NUMBERS = List.of("state", "wantstate", "vrid", "garp_delay");

  private static final List<String> COUNTS =
      List.of(
          "advert_rcvd",
          "advert_sent",
          "become_master",
          "release_master",
          "packet_len_err",
          "advert_interval_err",
          "ip_ttl_err",
          "invalid_type_rcvd",
          "addr_list_err",
          "invalid_authtype",
          "authtype_mismatch",
          "auth_failure",
          "pri_zero_rcvd",
          "pri_zero_sent");

  /** An instance, its numbers by their keys, and its addresses as in the text. */
  public record Instance(
      String name, String link, Map<String, Integer> numbers, List<String> vips) {}

  private ExporterJson() {}

  /**
   * @throws ClassCastException a member is of another kind
   */
  public static List<Instance> read(String text) {
    List<Instance> found = new ArrayList<>();
    for (Object each : (List<?>) JsonReading.read(text)) {
      Map<?, ?> data = (Map<?, ?>) ((Map<?, ?>) each).get("data");
      Map<?, ?> stats = (Map<?, ?>) ((Map<?, ?>) each).get("stats");
      Map<String, Integer> numbers = new LinkedHashMap<>();
      NUMBERS.forEach(key -> numbers.put(key, whole(data.get(key))));
      COUNTS.forEach(key -> numbers.put(key, whole(stats.get(key))));
      // gen2brain wants a fraction
      double transition = (Double) data.get("last_transition");
      if (transition < 0) {
        throw new IllegalArgumentException("before 1970: " + transition);
      }
      List<String> vips = new ArrayList<>();
      if (data.containsKey("vips")) {
        for (Object vip : (List<?>) data.get("vips")) {
          String[] words = ((String) vip).split(" ", -1);
          vips.add(words[0] + " " + words[2]);
        }
      }
      found.add(
          new Instance((String) data.get("iname"), (String) data.get("ifp_ifname"), numbers, vips));
    }
    return found;
  }

  private static int whole(Object number) {
    double value = (Double) number;
    if (value != Math.rint(value)) {
      throw new IllegalArgumentException("not whole: " + value);
    }
    return (int) value;
  }
}
