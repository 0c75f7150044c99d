/**
 * Links and addresses by netlink (rtnetlink(7)).
 *
 * <p>{@link org.jkeepalived.linux.netlink.route.RouteMonitor} hears what changes and writes it down
 * in {@code link.Links}; {@link org.jkeepalived.linux.netlink.route.RouteWriter} adds and removes
 * addresses in batches.
 */
package org.jkeepalived.linux.netlink.route;
