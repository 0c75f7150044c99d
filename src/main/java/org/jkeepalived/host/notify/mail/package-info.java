/**
 * The way to an SMTP server: connections, TLS, logins, and the thread that may wait for them.
 *
 * <p>Start at {@link org.jkeepalived.host.notify.mail.Alerts}, which takes events and never blocks;
 * {@link org.jkeepalived.host.notify.mail.MailThread} hands mails over. What a mail says and how
 * long it is kept stands in {@code notify.mail}.
 */
package org.jkeepalived.host.notify.mail;
