package org.jkeepalived.control;

import java.nio.file.Path;

/** Where files of reports go, by what the configuration says at that moment. */
@FunctionalInterface
public interface ReportPlaces {

  /** Kinds of reports, and what their names end in. */
  enum Kind {
    DATA("data"),
    STATISTICS("stats"),
    JSON("json");

    private final String extension;

    Kind(String extension) {
      this.extension = extension;
    }

    public String extension() {
      return extension;
    }
  }

  /**
   * The file of a report. Any thread may ask.
   *
   * @param part what the name has behind {@code keepalived}: nothing for VRRP
   * @return absolute
   */
  Path file(Kind kind, String part);

  /** All in one folder, under their usual names. */
  static ReportPlaces in(Path folder) {
    return (kind, part) ->
        folder.resolve("keepalived" + part + "." + kind.extension()).toAbsolutePath();
  }
}
