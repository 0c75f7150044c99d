/**
 * Virtual routers: the state machine, the advertisement's bytes, the receive checks. Depends on the
 * model and on nothing that touches the network or the clock; what it needs done it asks of {@link
 * org.jkeepalived.vrrp.Effects}.
 *
 * <p>Start at {@link org.jkeepalived.vrrp.VirtualRouter}, the state machine: its events. What is
 * done in a state stands in {@code MasterRole} and {@code BackupRole}, which transitions there are
 * in {@code Transitions}. What keeps several routers together is {@link
 * org.jkeepalived.vrrp.SyncGroupState}. {@link org.jkeepalived.vrrp.VirtualRouters} is the door to
 * all of them: {@code PacketDispatch}, {@code LinkSupervision} and {@code StartGate} stand behind
 * it. {@link org.jkeepalived.vrrp.RunningRouter} makes a state machine's effects real.
 */
package org.jkeepalived.vrrp;
