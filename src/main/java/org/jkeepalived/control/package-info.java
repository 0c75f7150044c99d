/**
 * Who looks at the daemon or asks something of it from outside: signals, and the files that they
 * have written.
 *
 * <p>Start at {@link org.jkeepalived.control.ControlSignal}; {@link
 * org.jkeepalived.control.StatusReports} writes what is asked for.
 */
package org.jkeepalived.control;
