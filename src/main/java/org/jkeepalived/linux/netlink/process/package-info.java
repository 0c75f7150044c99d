/**
 * The kernel's reports of processes (NETLINK_CONNECTOR). Start at {@link
 * org.jkeepalived.linux.netlink.process.ProcessConnector}.
 */
package org.jkeepalived.linux.netlink.process;
