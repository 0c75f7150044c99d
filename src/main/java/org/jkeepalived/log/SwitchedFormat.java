package org.jkeepalived.log;

import java.util.function.BooleanSupplier;

/**
 * One of two formats, line by line: what the configuration wants is known only when it has been
 * read, and a reload may change it.
 */
final class SwitchedFormat implements LineFormat {

  private final LineFormat plain;
  private final LineFormat json;
  private final BooleanSupplier isJson;

  /**
   * @param isJson asked for each line
   */
  SwitchedFormat(LineFormat plain, LineFormat json, BooleanSupplier isJson) {
    this.plain = plain;
    this.json = json;
    this.isJson = isJson;
  }

  @Override
  public String format(LogLine line) {
    return isJson.getAsBoolean() ? json.format(line) : plain.format(line);
  }
}
