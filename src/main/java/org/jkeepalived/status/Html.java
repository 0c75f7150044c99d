package org.jkeepalived.status;

import java.util.List;
import java.util.function.Consumer;
import org.jkeepalived.status.OverviewStyle.Paint;

/**
 * Pieces of a page. Names, reasons, whatever scripts and kernels say: every text that comes from
 * elsewhere is escaped here, and set apart from the direction of what stands around it.
 */
public final class Html {

  /** How many rows a table has at most: a browser is to stay usable at 10,000 instances. */
  static final int MOST_ROWS = 500;

  private final Consumer<String> pieces;

  Html(Consumer<String> pieces) {
    this.pieces = pieces;
  }

  /** Puts something there as it is. */
  Html raw(String markup) {
    pieces.accept(markup);
    return this;
  }

  /** The same for text. */
  Html text(String text) {
    return raw(escaped(text));
  }

  /** A word or some in their colour. */
  Html cell(Cell cell) {
    return cell.paint() == Paint.PLAIN
        ? text(cell.text())
        : raw("<span class=" + name(cell.paint()) + ">").text(cell.text()).raw("</span>");
  }

  /** The same as a badge. */
  Html badge(Cell cell) {
    return raw("<b class=\"badge " + name(cell.paint()) + "\">").text(cell.text()).raw("</b>");
  }

  /**
   * A table; nothing if it has no rows.
   *
   * @param badges the column, counted from 0, whose cells are badges
   */
  Html table(OverviewTable table, int badges) {
    if (table.isEmpty()) {
      return this;
    }
    List<List<Cell>> rows = table.rows();
    raw("<div class=wide><table><thead>");
    row(rows.get(0), "th", -1);
    raw("</thead><tbody>");
    rows.stream().skip(1).limit(MOST_ROWS).forEach(row -> row(row, "td", badges));
    raw("</tbody></table></div>\n");
    return left(rows.size() - 1, MOST_ROWS);
  }

  /** Says how many of so many are not shown, if any. */
  Html left(int all, int most) {
    return all > most
        ? raw("<p class=waiting>and " + (all - most) + " more: ask jkeepalived status</p>\n")
        : this;
  }

  private void row(List<Cell> cells, String element, int badges) {
    raw("<tr>");
    for (int column = 0; column < cells.size(); column++) {
      Cell cell = cells.get(column);
      raw("<" + element + ">");
      if (column == badges) {
        badge(cell);
      } else if (element.equals("th")) {
        text(cell.text());
      } else {
        cell(cell);
      }
      raw("</" + element + ">");
    }
    raw("</tr>\n");
  }

  /** The class of a colour. */
  static String name(Paint paint) {
    return switch (paint) {
      case PLAIN, TITLE -> "calm";
      case GOOD -> "good";
      case WAITING -> "waiting";
      case BAD -> "bad";
    };
  }

  /** Text that nothing in it can end or turn round. */
  public static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(isShown(c) ? c : '\uFFFD');
      }
    }
    return escaped.toString();
  }

  /** Controls and the marks that turn the direction round are not. */
  private static boolean isShown(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR -> c == '\t';
      case Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }
}
