package org.jkeepalived.control;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jkeepalived.status.ReportContext;

/**
 * Where reports go.
 *
 * @param context what they say besides what a snapshot knows
 * @param places where their files go
 * @param logHasRoom whether the log takes a thousand more lines
 */
public record ReportSettings(
    ReportContext context, ReportPlaces places, BooleanSupplier logHasRoom) {

  private static final String FOLDER = "/tmp";

  public ReportSettings {
    Objects.requireNonNull(context);
    Objects.requireNonNull(places);
    Objects.requireNonNull(logHasRoom);
  }

  /**
   * Where files go that nobody has named.
   *
   * @param environment the process's, whose {@code TMPDIR} counts if it is an absolute path
   */
  public static Path folder(Map<String, String> environment) {
    String asked = environment.getOrDefault("TMPDIR", "");
    return Path.of(asked.startsWith("/") ? asked : FOLDER);
  }
}
