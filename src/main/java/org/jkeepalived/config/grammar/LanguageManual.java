package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;

/** What is to be known of the configuration language besides its keywords. */
final class LanguageManual {

  /**
   * Something that may be written wherever a line begins.
   *
   * @param name by which somebody asks for it; empty where it has none
   * @param syntax what is to be written
   * @param documentation what it means
   */
  record Entry(Optional<String> name, String syntax, String documentation) {}

  private static final List<Entry> ENTRIES =
      List.of(
          include(
              "include",
              "the statements of other files stand here; FILE is absolute or relative to this file,"
                  + " and may have wildcards and {a,b}; a file that is missing is no error, unless"
                  + " include_check says so"),
          include("includer", "as include; an error where a file cannot be read"),
          include(
              "includem", "as includer; an error, too, where a name without wildcards has no file"),
          include("includew", "as includer; an error, too, where wildcards match no file"),
          include("includeb", "as includer; an error, too, where a part of {a,b} has none"),
          include("includea", "as include; all of these are errors"),
          new Entry(
              Optional.empty(), "! COMMENT, # COMMENT", "are left out, to the end of the line"),
          new Entry(
              Optional.empty(),
              "$NAME=VALUE",
              "a parameter: $NAME, or ${NAME} within a word, stands for VALUE from here on"),
          new Entry(
              Optional.empty(),
              "@ID LINE, @^ID LINE",
              "the line counts where the daemon was started with -i ID; with ^ anywhere else"));

  private LanguageManual() {}

  private static Entry include(String name, String documentation) {
    return new Entry(Optional.of(name), name + " FILE", documentation);
  }

  static List<Entry> entries() {
    return ENTRIES;
  }

  static Optional<Entry> named(String name) {
    return ENTRIES.stream()
        .filter(entry -> entry.name().filter(name::equals).isPresent())
        .findFirst();
  }
}
