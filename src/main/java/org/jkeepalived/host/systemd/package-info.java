/**
 * Whoever supervises this process hears how it is: systemd, and a watchdog.
 *
 * <p>Start at {@link org.jkeepalived.host.systemd.SystemdReport}.
 */
package org.jkeepalived.host.systemd;
