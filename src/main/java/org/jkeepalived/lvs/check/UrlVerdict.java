package org.jkeepalived.lvs.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jkeepalived.model.lvs.HttpUrl;
import org.jkeepalived.model.lvs.HttpUrl.Statuses;

/**
 * Whether an answer is what a url wants: its status first, then its digest, then its pattern.
 *
 * @param fault the first thing that is not; empty if all is
 * @param met what is as it is wanted, in keepalived's words
 */
record UrlVerdict(Optional<Fault> fault, List<String> met) {

  /**
   * What is not as it is wanted.
   *
   * @param kind what it is, in keepalived's words, which end before the name of the server
   * @param reason in a line
   */
  record Fault(String kind, String reason) {}

  UrlVerdict {
    met = List.copyOf(met);
  }

  static UrlVerdict of(HttpUrl url, HttpResponse response) {
    if (response.fault().isPresent()) {
      return failed("Read, no data received from  server", response.fault().get());
    }
    List<String> met = new ArrayList<>();
    if (url.statuses().stream().noneMatch(one -> contains(one, response.status()))) {
      return failed(
          "HTTP status code error to server",
          "HTTP status " + response.status() + ", wanted " + text(url.statuses()));
    }
    met.add("HTTP status code");
    if (url.digest().isPresent()) {
      if (!url.digest().equals(response.digest())) {
        return failed(
            "MD5 digest error to server",
            "digest differs: got "
                + response.digest().orElse("none")
                + " wanted "
                + url.digest().get());
      }
      met.add("MD5 digest");
    }
    if (url.pattern().isPresent()) {
      HttpUrl.BodyPattern pattern = url.pattern().get();
      if (response.found().isEmpty()) {
        return failed(
            "Regex match failed server",
            "regex \"" + pattern.text() + "\" costs too much to be looked for in this body");
      }
      boolean found = response.found().get();
      if (found == pattern.refused()) {
        return failed(
            "Regex match failed server",
            "regex \""
                + pattern.text()
                + "\" "
                + (found ? "found" : "not found")
                + " in "
                + response.bodyBytes()
                + " bytes");
      }
      met.add("Regex match");
    }
    return new UrlVerdict(Optional.empty(), met);
  }

  private static UrlVerdict failed(String kind, String reason) {
    return new UrlVerdict(Optional.of(new Fault(kind, reason)), List.of());
  }

  private static boolean contains(Statuses statuses, int status) {
    return statuses.first() <= status && status <= statuses.last();
  }

  private static String text(List<Statuses> statuses) {
    return statuses.stream()
        .map(one -> one.first() == one.last() ? "" + one.first() : one.first() + "-" + one.last())
        .collect(Collectors.joining(" "));
  }
}
