/**
 * The kernel's IPVS by generic netlink (linux/ip_vs.h): what is asked of it, and what it tells.
 * Start at {@link org.jkeepalived.linux.netlink.ipvs.IpvsConnection}.
 */
package org.jkeepalived.linux.netlink.ipvs;
