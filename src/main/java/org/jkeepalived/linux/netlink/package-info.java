/**
 * Netlink: links and addresses (rtnetlink(7)).
 *
 * <p>{@link org.jkeepalived.linux.netlink.RouteMonitor} hears what changes and tells {@code
 * track.LinkEvents}; {@link org.jkeepalived.linux.netlink.AddressWriter} adds and removes addresses
 * in batches. Both stand on {@link org.jkeepalived.linux.netlink.NetlinkConnection}, which owns
 * sequence numbers, multipart answers and acknowledgements, and on the codec ({@link
 * org.jkeepalived.linux.netlink.MessageWriter}, {@link
 * org.jkeepalived.linux.netlink.MessageReader}, {@link
 * org.jkeepalived.linux.netlink.AttributeReader}), which never throws on what it reads. Tests put
 * their own datagrams in at {@link org.jkeepalived.linux.netlink.NetlinkTransport}.
 *
 * <p>Netlink speaks the machine's byte order; addresses inside attributes are in network order.
 */
package org.jkeepalived.linux.netlink;
