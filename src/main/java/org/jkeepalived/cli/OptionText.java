package org.jkeepalived.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code -h} says of one option, for the manual page and for completion.
 *
 * @param value what stands for its value, such as {@code =FILE}; empty for none
 * @param sentence what it does
 */
record OptionText(String value, String sentence) {

  private static final Pattern HEAD =
      Pattern.compile("^ +(?:-\\S, )?--([a-z_-]+)((?:[=\\[]| id\\b)\\S*)?(?: +(\\S.*))?$");

  /** Of every option that the help names. */
  static Map<Option, OptionText> all() {
    Map<Option, OptionText> texts = new EnumMap<>(Option.class);
    List<Matcher> heads = new ArrayList<>();
    List<StringBuilder> sentences = new ArrayList<>();
    for (String line : HelpText.OPTIONS.lines().toList()) {
      Matcher head = HEAD.matcher(line);
      if (head.matches()) {
        heads.add(head);
        sentences.add(new StringBuilder(head.group(3) == null ? "" : head.group(3)));
      } else if (!heads.isEmpty()) {
        StringBuilder sentence = sentences.get(sentences.size() - 1);
        sentence.append(sentence.length() == 0 ? "" : " ").append(line.strip());
      }
    }
    for (int i = 0; i < heads.size(); i++) {
      Matcher head = heads.get(i);
      String value = head.group(2) == null ? "" : head.group(2);
      texts.put(named(head.group(1)), new OptionText(value, sentences.get(i).toString()));
    }
    return texts;
  }

  private static Option named(String longName) {
    for (Option option : Option.values()) {
      if (option.longName().equals(longName)) {
        return option;
      }
    }
    throw new IllegalStateException("the help names --" + longName + ", which is no option");
  }
}
