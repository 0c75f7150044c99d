package org.jkeepalived.notify.mail;

/** A mail as it goes over the wire: headers, an empty line, the body; ASCII, lines end in CRLF. */
public final class MessageText {

  private MessageText() {}

  /** COMPAT: the headers, their order and the empty line after the body are keepalived's. */
  public static String of(Mail mail) {
    return "Date: "
        + DateText.of(mail.date())
        + "\r\nFrom: "
        + HeaderText.address(mail.sender())
        + "\r\nSubject: "
        + HeaderText.free(mail.subject())
        + "\r\nX-Mailer: Keepalived\r\nTo: "
        + HeaderText.addresses(mail.recipients())
        + "\r\n\r\n"
        + mail.body()
        + "\r\n\r\n";
  }
}
