package org.jkeepalived.control.http;

import java.util.List;
import java.util.Objects;
import org.jkeepalived.status.DaemonFigures;
import org.jkeepalived.status.ReportContext;
import org.jkeepalived.status.Snapshot;

/**
 * Everything at one moment, for pages.
 *
 * @param parts what runs: virtual routers, virtual servers
 * @param context what snapshots want to know besides
 * @param subject which daemon this is, in a line
 * @param readyNanos for how long it has been ready
 * @param figures how the daemon as a whole does
 */
public record HttpLook(
    List<Snapshot> parts,
    ReportContext context,
    String subject,
    long readyNanos,
    DaemonFigures figures) {
  public HttpLook {
    parts = List.copyOf(parts);
    Objects.requireNonNull(context);
    Objects.requireNonNull(subject);
    Objects.requireNonNull(figures);
  }
}
