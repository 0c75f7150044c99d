/**
 * Who looks at the daemon or asks something of it from outside: signals, and the files that they
 * have written. It shows values that say themselves ({@code status.Snapshot}), and knows nothing of
 * where they come from.
 *
 * <p>Start at {@link org.jkeepalived.control.Control}, which owns the thread; {@code StatusReports}
 * writes what is asked for, and {@link org.jkeepalived.control.ControlSignal} says what a signal
 * means.
 */
package org.jkeepalived.control;
