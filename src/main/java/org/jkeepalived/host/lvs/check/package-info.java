/**
 * How real servers are asked. Checks that ask over the network live on a thread of their own, with
 * their timers and sockets, and tell that of the virtual servers what has changed; commands run on
 * the scripts' thread. What is encrypted goes over Netty's channels, all else over bare sockets on
 * Netty's epoll.
 *
 * <p>May know {@code lvs.check}, {@code host.script}, {@code loop} and Netty. Where no check needs
 * a socket, no class of Netty is loaded. Start at {@link
 * org.jkeepalived.host.lvs.check.ServerChecks}.
 */
package org.jkeepalived.host.lvs.check;
