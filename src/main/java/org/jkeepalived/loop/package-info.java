/**
 * The event loop, and the one way to own a thread. Start at {@link org.jkeepalived.loop.EventLoop}.
 */
package org.jkeepalived.loop;
