/**
 * The process's life, and all wiring: start, reload, stop; the VRRP thread; addresses, ports and
 * announcements as the kernel's side of what {@code vrrp} asks for.
 *
 * <p>Depends on every room but {@code cli}; with {@code linux} itself it is the only one that knows
 * {@code linux}. Start reading at {@link org.jkeepalived.daemon.Daemon}, then {@code VrrpService}.
 */
package org.jkeepalived.daemon;
