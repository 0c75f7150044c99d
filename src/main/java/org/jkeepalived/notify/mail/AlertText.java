package org.jkeepalived.notify.mail;

import org.jkeepalived.notify.Subject;

/**
 * What an alert says.
 *
 * <p>COMPAT: the texts are keepalived's, to the letter: filters and tickets are made from them. The
 * two about a stop are those that keepalived composes and then does not live to send.
 *
 * @param subject the subject, without the {@code [router_id]} before it
 * @param body the only line of the body
 */
public record AlertText(String subject, String body) {

  private static final String MASTER = "MASTER";

  /** A state was entered: MASTER, BACKUP or FAULT. */
  public static AlertText entering(Subject whom, String state) {
    String body =
        isGroup(whom)
            ? "All VRRP group instances are now in " + state + " state"
            : "VRRP Instance is "
                + (state.equals(MASTER) ? "now owning" : "no longer owning")
                + " VRRP VIPs";
    return new AlertText(name(whom) + " - Entering " + state + " state", arrow(body));
  }

  public static AlertText stopping(Subject whom) {
    String body =
        isGroup(whom) ? "All VRRP group instances are now stopping" : "VRRP Instance stopping";
    return new AlertText(name(whom) + " - Stopping", arrow(body));
  }

  public static AlertText deleted(Subject whom) {
    return new AlertText(name(whom) + " - Deleted", arrow("VRRP Deleted at reload"));
  }

  /** A real server or one of its checks is UP or DOWN. */
  public static AlertText realServer(String server, String service, String state, String reason) {
    return new AlertText(
        "Realserver " + server + " of virtual server " + service + " - " + state, arrow(reason));
  }

  /** A quorum is UP or DOWN. */
  public static AlertText virtualServer(String service, String state, String reason) {
    return new AlertText("Virtualserver " + service + " - " + state, arrow(reason));
  }

  private static boolean isGroup(Subject whom) {
    return whom.kind() == Subject.Kind.GROUP;
  }

  private static String name(Subject whom) {
    return (isGroup(whom) ? "VRRP Group " : "VRRP Instance ") + whom.name();
  }

  private static String arrow(String body) {
    return "=> " + body + " <=";
  }
}
