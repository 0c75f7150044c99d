/**
 * The process's life: options, start, plan of a reload, stop, pid files, readiness. Knows what runs
 * in it only as {@code host.Services}, and who looks at it only as {@code control.Control}.
 *
 * <p>Start reading at {@link org.jkeepalived.daemon.Daemon}, which goes from the first log line to
 * the last; {@code ServingLife} is the part of it in which services run.
 */
package org.jkeepalived.daemon;
