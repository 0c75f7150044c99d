package org.jkeepalived.notify.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTextTest {

  /** What keepalived 2.2.7 sent between DATA and the dot. */
  @Test
  void isKeepalivedsMessage() {
    Mail mail =
        new Mail(
            List.of("a@example.com", "b@example.com"),
            "root@vm",
            "[k1] VRRP Instance VI_1 - Entering BACKUP state",
            "=> VRRP Instance is no longer owning VRRP VIPs <=",
            MailSample.INSTANT.atOffset(ZoneOffset.UTC));
    assertEquals(
        """
        Date: Sun, 22 Nov 2026 21:14:25 +0000
        From: root@vm
        Subject: [k1] VRRP Instance VI_1 - Entering BACKUP state
        X-Mailer: Keepalived
        To: a@example.com,
         b@example.com

        => VRRP Instance is no longer owning VRRP VIPs <=

        """
            .replace("\n", "\r\n"),
        MessageText.of(mail));
  }
}
