/**
 * Netlink itself (netlink(7)): sockets, requests and answers, the codec.
 *
 * <p>{@link org.jkeepalived.linux.netlink.NetlinkConnection} owns sequence numbers, multipart
 * answers and acknowledgements; {@link org.jkeepalived.linux.netlink.MessageWriter}, {@link
 * org.jkeepalived.linux.netlink.MessageReader} and {@link
 * org.jkeepalived.linux.netlink.AttributeReader} never throw on what they read. Tests put their own
 * datagrams in at {@link org.jkeepalived.linux.netlink.NetlinkTransport}. What is said with it
 * stands in {@code route}, {@code process}, {@code generic} and {@code ipvs}.
 *
 * <p>Netlink speaks the machine's byte order; addresses inside attributes are in network order.
 */
package org.jkeepalived.linux.netlink;
