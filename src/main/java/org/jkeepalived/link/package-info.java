/**
 * The machine's links and addresses: as the kernel tells of them, stored once ({@link
 * org.jkeepalived.link.Links}), and as they count once a change has lasted ({@link
 * org.jkeepalived.link.LinkDebounce}). Declares what it needs to hear: {@link
 * org.jkeepalived.link.LinkEvents}, {@link org.jkeepalived.link.LinkBeat}.
 *
 * <p>May know {@code model} and {@code time}.
 */
package org.jkeepalived.link;
