/**
 * Alerts by mail: what keepalived writes about a transition, handed to an SMTP server.
 *
 * <p>{@link org.jkeepalived.host.notify.mail.Alerts} takes events and never blocks; one thread of
 * its own, {@code mail}, does everything that can: name resolution, SMTP, the password file.
 * Without mail in the configuration there is no such thread, and neither it nor the SMTP library is
 * loaded. The waiting mails are in an {@link org.jkeepalived.notify.mail.Outbox}, which knows of
 * time but not of threads; {@link org.jkeepalived.host.notify.mail.SmtpRelay} is the only class
 * that knows the library. May know {@code model} and {@code notify}.
 */
package org.jkeepalived.notify.mail;
