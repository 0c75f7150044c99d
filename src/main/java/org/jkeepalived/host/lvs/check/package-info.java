/**
 * How real servers are asked: sockets on Netty's epoll, on a thread of their own, and commands on
 * the scripts' thread; the answers go to the thread of the virtual servers.
 *
 * <p>May know {@code lvs.check}, {@code host.script}, {@code loop} and Netty. Where no check needs
 * a socket, no class of Netty is loaded. Start at {@link
 * org.jkeepalived.host.lvs.check.ServerChecks}.
 */
package org.jkeepalived.host.lvs.check;
