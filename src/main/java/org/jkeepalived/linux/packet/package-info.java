/**
 * Packets on links: advertisements and address announcements.
 *
 * <p>{@link org.jkeepalived.linux.packet.LinkPort} reads and writes Ethernet frames through pcap4j;
 * {@link org.jkeepalived.linux.packet.GroupMembership} joins the multicast group, and {@link
 * org.jkeepalived.linux.packet.UnicastSocket} sends and receives what is for one machine alone.
 */
package org.jkeepalived.linux.packet;
