/**
 * Finds out how tracked scripts, files and processes are, each on its own thread, and tells the
 * VRRP thread of changes alone. Start at {@link org.jkeepalived.host.TrackerService}.
 */
package org.jkeepalived.host.track;
