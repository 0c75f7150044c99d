package org.jkeepalived.kernel.firewall;

import java.util.List;
import java.util.Objects;

/**
 * Commands of libnftables-json(5), which are carried out all or none. JSON and not nft(8)'s own
 * language: what is a name there must be no word of that language, and {@code in} is one in some
 * releases.
 */
public final class NftablesScript {

  private final StringBuilder commands = new StringBuilder();

  /** Adds a command. */
  NftablesScript then(String verb, String json) {
    commands.append(commands.isEmpty() ? "" : ",\n");
    commands.append("{\"").append(verb).append("\":{").append(json).append("}}");
    return this;
  }

  /** Adds all commands of another one. */
  public NftablesScript then(NftablesScript other) {
    if (!other.isEmpty()) {
      commands.append(commands.isEmpty() ? "" : ",\n").append(other.commands);
    }
    return this;
  }

  public boolean isEmpty() {
    return commands.isEmpty();
  }

  /** All of it, for the library. */
  public String text() {
    return "{\"nftables\":[" + commands + "]}";
  }

  /** A string in quotes. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char character : Objects.requireNonNull(text).toCharArray()) {
      if (character == '"' || character == '\\') {
        quoted.append('\\');
      }
      quoted.append(character);
    }
    return quoted.append('"').toString();
  }

  /** A list of what is JSON already. */
  static String list(List<String> parts) {
    return "[" + String.join(",", parts) + "]";
  }
}
