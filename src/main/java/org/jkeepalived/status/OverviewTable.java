package org.jkeepalived.status;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jkeepalived.status.OverviewStyle.Paint;

/** Rows whose cells stand below each other, each column as wide as its widest cell. */
final class OverviewTable {

  private static final String GAP = "  ";

  private final OverviewStyle style;
  private final List<List<Cell>> rows = new ArrayList<>();

  /**
   * @param titles of the columns
   */
  OverviewTable(OverviewStyle style, String... titles) {
    this.style = style;
    rows.add(Arrays.stream(titles).map(title -> new Cell(title, Paint.TITLE)).toList());
  }

  void row(Cell... cells) {
    rows.add(List.of(cells));
  }

  boolean isEmpty() {
    return rows.size() == 1;
  }

  /** The titles, then the rows. */
  List<List<Cell>> rows() {
    return List.copyOf(rows);
  }

  /**
   * Hands out the rows, those of nothing but titles not.
   *
   * @param indent what each begins with
   */
  void write(String indent, Consumer<String> lines) {
    if (isEmpty()) {
      return;
    }
    int[] widths = new int[rows.get(0).size()];
    for (List<Cell> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        String text = row.get(column).text();
        widths[column] = Math.max(widths[column], text.codePointCount(0, text.length()));
      }
    }
    rows.forEach(row -> lines.accept(indent + line(row, widths)));
  }

  private String line(List<Cell> row, int[] widths) {
    StringBuilder text = new StringBuilder();
    int missing = 0;
    for (int column = 0; column < row.size(); column++) {
      Cell cell = row.get(column);
      if (!cell.text().isEmpty()) {
        text.append(" ".repeat(missing)).append(style.paint(cell.paint(), cell.text()));
        missing = 0;
      }
      missing +=
          widths[column] - cell.text().codePointCount(0, cell.text().length()) + GAP.length();
    }
    return text.toString();
  }
}
