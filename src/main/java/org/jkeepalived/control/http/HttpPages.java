package org.jkeepalived.control.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All pages, by their paths. */
final class HttpPages {

  private final Map<String, HttpPage> pages = new LinkedHashMap<>();

  HttpPages(List<HttpPage> all) {
    all.forEach(page -> pages.put(page.path(), page));
  }

  /** What this daemon shows: a line for each page. */
  static HttpPages ofDaemon() {
    return new HttpPages(List.of(new OverviewPage(), new MetricsPage()));
  }

  List<HttpPage> all() {
    return List.copyOf(pages.values());
  }

  Optional<HttpPage> at(String path) {
    return Optional.ofNullable(pages.get(path));
  }
}
