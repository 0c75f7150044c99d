/**
 * VRRP on this machine: the thread that owns it, the ports of links, the kernel's addresses and the
 * journal of them.
 *
 * <p>Start at {@link org.jkeepalived.host.vrrp.VrrpService}, where all of it is wired.
 */
package org.jkeepalived.host.vrrp;
