/**
 * The addresses of virtual routers: which ones an instance holds, and how the neighbours are told
 * where they live now. Who sends the announcements implements {@link
 * org.jkeepalived.vrrp.address.AnnouncementSender}.
 *
 * <p>Start at {@link org.jkeepalived.vrrp.address.PacedAnnouncer}.
 */
package org.jkeepalived.vrrp.address;
