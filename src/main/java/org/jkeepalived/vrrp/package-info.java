/**
 * Virtual routers: the state machine, the advertisement's bytes, the receive checks. Depends on the
 * model and on nothing that touches the network or the clock; what it needs done it asks of {@link
 * org.jkeepalived.vrrp.Effects}.
 *
 * <p>Start at {@link org.jkeepalived.vrrp.VirtualRouter}; what keeps several of them together is
 * {@link org.jkeepalived.vrrp.SyncGroupState}.
 */
package org.jkeepalived.vrrp;
