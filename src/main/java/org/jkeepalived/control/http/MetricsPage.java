package org.jkeepalived.control.http;

import java.util.function.Consumer;
import org.jkeepalived.status.DaemonMetrics;

/** All that is measured, for Prometheus. */
final class MetricsPage implements HttpPage {

  @Override
  public String path() {
    return "/metrics";
  }

  @Override
  public String contentType() {
    return DaemonMetrics.MEDIA_TYPE;
  }

  @Override
  public void write(HttpLook look, Consumer<String> pieces) {
    DaemonMetrics.write(look.figures(), look.parts(), pieces);
  }
}
