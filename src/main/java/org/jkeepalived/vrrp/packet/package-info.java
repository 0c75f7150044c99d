/**
 * VRRP's own bytes and nothing below them: what is sent ({@link
 * org.jkeepalived.vrrp.packet.AdvertisementPayload}), what is received ({@link
 * org.jkeepalived.vrrp.packet.AdvertisementView}) and whether it is believed ({@link
 * org.jkeepalived.vrrp.packet.ReceiveChecks}). The headers before them are {@code
 * vrrp.transport}'s. Nothing here throws on what it reads.
 */
package org.jkeepalived.vrrp.packet;
