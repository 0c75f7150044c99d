package org.jkeepalived.text;

import java.util.Locale;

/** A manual page in the making, in the language of man(7). Texts are plain: they are escaped. */
public final class Roff {

  private final StringBuilder text = new StringBuilder();

  /**
   * @param name the page's
   * @param section its number
   * @param purpose half a sentence, as whatis(1) shows it
   */
  public Roff(String name, int section, String purpose) {
    command(".TH " + quoted(name.toUpperCase(Locale.ROOT)) + " " + section + " \"\" jkeepalived");
    section("NAME");
    line(name + " - ", purpose);
  }

  /** A heading. */
  public void section(String title) {
    command(".SH " + quoted(title));
  }

  /** A paragraph of running text. */
  public void paragraph(String words) {
    command(".PP");
    command(escaped(words));
  }

  /** A line that stands by itself. */
  public void line(String words) {
    command(escaped(words));
    command(".br");
  }

  private void line(String head, String words) {
    // whatis(1) wants this very dash between the two
    command(head.replace(" - ", " \\- ") + escaped(words));
  }

  /** What is to be written, in bold, and indented below it what it does. */
  public void entry(String what, String words) {
    command(".TP");
    command(".B " + quoted(what));
    command(escaped(words));
  }

  /** More about the entry before, on a line of its own. */
  public void detail(String label, String words) {
    command(".br");
    command("\\fI" + escaped(label) + ":\\fR " + escaped(words));
  }

  /** An example, as it is. */
  public void example(String lines) {
    command(".nf");
    lines.lines().forEach(each -> command(escaped(each)));
    command(".fi");
  }

  /** The page. */
  public String text() {
    return text.toString();
  }

  private void command(String line) {
    text.append(line).append('\n');
  }

  private static String quoted(String words) {
    return '"' + escaped(words).replace("\"", "\\(dq") + '"';
  }

  private static String escaped(String words) {
    String plain = words.replace("\\", "\\e").replace("-", "\\-");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
