package org.jkeepalived.config.syntax;

import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Parses in a test, always with the same surroundings. */
final class Parsing {
  static final String MAIN = "/etc/main.conf";

  private Parsing() {}

  static ParseOptions options() {
    return options(false);
  }

  static ParseOptions options(boolean checkAllIncludes) {
    Map<String, String> environment =
        Map.of("ADDRESS", "192.0.2.7", "EMPTY", "", "LINE", "a b\nc", "NESTED", "${_INSTANCE}");
    return new ParseOptions(
        "main",
        "blue",
        name -> Optional.ofNullable(environment.get(name)),
        new SplittableRandom(7),
        checkAllIncludes);
  }

  static SyntaxTree parse(String text) {
    return parse(MemoryLoader.of(text));
  }

  static SyntaxTree parse(SourceLoader loader) {
    return new ConfigurationParser(loader, options()).parse(MAIN);
  }
}
