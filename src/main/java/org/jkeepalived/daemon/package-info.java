/**
 * The process's life: options, start, reload, stop, pid files, readiness. Knows what runs in it
 * only through {@code host.Services}.
 *
 * <p>Start reading at {@link org.jkeepalived.daemon.Daemon}.
 */
package org.jkeepalived.daemon;
