/**
 * Sets of addresses that rules of iptables look into (ipset(8)), asked for by netlink: a failover
 * adds and removes addresses without starting a program.
 *
 * <p>Start at {@link org.jkeepalived.linux.netlink.ipset.IpsetConnection}.
 */
package org.jkeepalived.linux.netlink.ipset;
