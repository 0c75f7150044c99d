package org.jkeepalived.control.http;

import java.util.Iterator;
import java.util.function.Consumer;
import org.jkeepalived.status.OverviewStyle;
import org.jkeepalived.status.Snapshot;

/** {@code /}: how everything is, for people. */
final class OverviewPage implements HttpPage {

  @Override
  public String path() {
    return "/";
  }

  @Override
  public String contentType() {
    return "text/plain; charset=utf-8";
  }

  @Override
  public void write(HttpLook look, Consumer<String> pieces) {
    pieces.accept(look.subject() + "\n\n");
    OverviewStyle style = new OverviewStyle(false, java.util.Optional.empty());
    Iterator<Snapshot> each = look.parts().iterator();
    while (each.hasNext()) {
      each.next().overview(look.context(), style, line -> pieces.accept(line + "\n"));
      if (each.hasNext()) {
        pieces.accept("\n");
      }
    }
  }
}
