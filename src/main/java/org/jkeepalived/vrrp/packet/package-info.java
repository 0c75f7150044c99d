/**
 * The bytes of VRRP over IPv4: what goes out ({@link
 * org.jkeepalived.vrrp.packet.AdvertisementFrame}) and what comes in ({@link
 * org.jkeepalived.vrrp.packet.ReceivedPacket}, {@link org.jkeepalived.vrrp.packet.ReceiveChecks}).
 * Nothing here throws on what it reads.
 */
package org.jkeepalived.vrrp.packet;
