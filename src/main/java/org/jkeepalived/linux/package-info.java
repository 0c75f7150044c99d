/**
 * The only room that touches the kernel: the C library, the event loop's descriptors, packets
 * ({@code packet}), netlink ({@code netlink}), processes ({@code process}) and files ({@code
 * file}).
 *
 * <p>Depends on {@code model} and on the small interfaces that other rooms declare; only {@code
 * daemon} depends on it. Types of pcap4j, JNA, jnr-ffi and jffi never leave this room.
 *
 * <p>Start reading at {@link org.jkeepalived.linux.Poller}: the {@code vrrp} thread waits there,
 * and everything it reads ({@link org.jkeepalived.linux.packet.LinkPort}, {@link
 * org.jkeepalived.linux.netlink.route.RouteMonitor}, {@link
 * org.jkeepalived.linux.SignalDescriptor}) is a non-blocking descriptor in it. What may block
 * ({@link org.jkeepalived.linux.netlink.route.RouteWriter}) belongs on another thread.
 */
package org.jkeepalived.linux;
