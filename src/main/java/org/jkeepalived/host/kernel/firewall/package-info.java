/**
 * Writes to the packet filter, on the thread {@code kernel}. Nothing is loaded before somebody
 * wants an address blocked.
 *
 * <p>Start at {@link org.jkeepalived.host.kernel.firewall.FirewallWriter}.
 */
package org.jkeepalived.host.kernel.firewall;
