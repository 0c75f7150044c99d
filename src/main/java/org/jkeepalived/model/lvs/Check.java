package org.jkeepalived.model.lvs;

/** What tells whether a real server is well. */
public sealed interface Check
    permits TcpCheck, HttpCheck, MiscCheck, UdpCheck, PingCheck, FileCheck, SmtpCheck, DnsCheck {

  /** When it runs. */
  CheckSchedule schedule();
}
