package org.jkeepalived.status;

import java.util.Objects;
import org.jkeepalived.status.OverviewStyle.Paint;

/**
 * A word or some for a person to read, and how they look: in colours on a terminal, in classes on a
 * page.
 */
record Cell(String text, Paint paint) {
  Cell {
    Objects.requireNonNull(text);
    Objects.requireNonNull(paint);
  }

  static Cell of(String text) {
    return new Cell(text, Paint.PLAIN);
  }
}
