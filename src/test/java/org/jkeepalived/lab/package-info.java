/**
 * The lab: clusters on this machine, each node in a network namespace of its own, with the
 * distribution's keepalived beside jkeepalived. What is asserted is what a neighbour could see:
 * packets on the switch and the kernel's addresses, never a daemon's log.
 *
 * <p>Start reading at {@link org.jkeepalived.lab.Cluster}, then {@link
 * org.jkeepalived.lab.FailoverLabTest}. Needs root, and tcpdump, ip, keepalived and the built
 * package: {@code packaging/test.sh} takes care of that. Depends on nothing of the daemon: the
 * packets are decoded here a second time, by other eyes.
 */
package org.jkeepalived.lab;
