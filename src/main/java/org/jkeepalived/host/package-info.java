/**
 * Binds the pure rooms to this machine, one folder a room. What stands here may know {@code linux},
 * {@code loop} and its own pure room; no pure room knows it.
 *
 * <p>Start at {@link org.jkeepalived.host.Services}, where everything that runs between start and
 * stop is wired together.
 */
package org.jkeepalived.host;
