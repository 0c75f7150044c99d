/**
 * Telling of what happens: notify scripts, FIFOs, mail.
 *
 * <p>May know {@code model}, {@code time} and {@code script}. Start reading at {@link
 * org.jkeepalived.notify.Event}.
 */
package org.jkeepalived.notify;
