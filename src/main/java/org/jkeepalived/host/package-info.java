/**
 * Binds the pure rooms to this machine, one folder a room. What stands here may know {@code linux},
 * {@code loop} and its own pure room; no pure room knows it.
 *
 * <p>A {@link org.jkeepalived.host.Subsystem} is a part of the daemon with a life of its own: it
 * starts, plans and applies reloads, is looked at and stops. VRRP is one ({@code VrrpSubsystem}).
 *
 * <p>Start at {@link org.jkeepalived.host.Services}, which makes the subsystems, starts and stops
 * them, and tells others of what happens to them.
 */
package org.jkeepalived.host;
