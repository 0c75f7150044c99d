/**
 * Telling of what happens: notify scripts, FIFOs, mail.
 *
 * <p>May know {@code model}, {@code time} and {@code script}. Start reading at {@link
 * org.jkeepalived.notify.Event}, of which each kind knows its words, and {@link
 * org.jkeepalived.notify.Notifier}, which decides who hears of it; then {@code ScriptQueue} for
 * scripts, and {@code FifoSlot}, {@code FifoChannel}, {@code FifoWriter} for FIFOs.
 */
package org.jkeepalived.notify;
