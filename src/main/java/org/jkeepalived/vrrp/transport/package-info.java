/**
 * How payloads get from one machine to others, whatever they mean: the headers before them, the
 * {@link org.jkeepalived.vrrp.transport.Endpoint}s that they go to, the view of what came in
 * ({@link org.jkeepalived.vrrp.transport.ReceivedDatagram}), and the announcement of who has an
 * address ({@link org.jkeepalived.vrrp.transport.GratuitousArp}).
 *
 * <p>It knows {@code model} and nothing of VRRP, and makes no system call: {@code host.vrrp} binds
 * a {@link org.jkeepalived.vrrp.transport.DatagramSender} to links and sockets. Nothing here throws
 * on what it reads.
 */
package org.jkeepalived.vrrp.transport;
