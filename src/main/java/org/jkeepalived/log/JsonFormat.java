package org.jkeepalived.log;

import java.time.Instant;
import java.util.Locale;

/**
 * {@code log_format json}: a line as one object, {@code {"time":"2026-11-19T21:33:46.123Z",
 * "priority":"info","identifier":"Keepalived_vrrp","pid":123,"logger":…,"message":…}}, with the
 * fields of the journal in small letters: {@code "keepalived_instance":"VI_1"}.
 */
final class JsonFormat implements LineFormat {

  private final long processId;

  JsonFormat(long processId) {
    this.processId = processId;
  }

  @Override
  public String format(LogLine line) {
    StringBuilder json = new StringBuilder(line.text().length() + 256);
    member(json, "time", Instant.ofEpochMilli(line.epochMillis()).toString());
    member(json, "priority", line.priority().word());
    member(json, "identifier", line.identifier());
    json.append(",\"pid\":").append(processId);
    member(json, "logger", line.logger());
    line.fields()
        .forEach(field -> member(json, field.name().toLowerCase(Locale.ROOT), field.value()));
    member(json, "message", line.text());
    return json.append('}').toString();
  }

  private static void member(StringBuilder json, String name, String value) {
    json.append(json.length() == 0 ? '{' : ',');
    quote(json, name);
    json.append(':');
    quote(json, value);
  }

  /** No control character is in a line: see {@link PrintableText}. */
  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '"' || character == '\\') {
        json.append('\\');
      }
      json.append(character);
    }
    json.append('"');
  }
}
