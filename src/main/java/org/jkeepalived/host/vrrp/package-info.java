/**
 * VRRP on this machine: the thread that owns it, the ports of links, and what is set on links for
 * it.
 *
 * <p>Start at {@link org.jkeepalived.host.vrrp.VrrpService}, where all of it is wired.
 */
package org.jkeepalived.host.vrrp;
