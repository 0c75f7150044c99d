/**
 * Sockets that the kernel fills the headers of. Nothing here waits.
 *
 * <p>Start at {@link org.jkeepalived.linux.socket.PeerSocket}.
 */
package org.jkeepalived.linux.socket;
