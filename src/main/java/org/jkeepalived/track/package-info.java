/**
 * What virtual routers watch: the machine's links and addresses, scripts, files, processes; and
 * what that does to priorities. Declares what it needs to hear ({@link
 * org.jkeepalived.track.LinkEvents}, {@link org.jkeepalived.track.LinkBeat}); {@code linux} and
 * {@code daemon} tell it.
 *
 * <p>May know {@code model}, {@code time} and {@code script}. Start reading at {@link
 * org.jkeepalived.track.TrackBoard} for what is tracked by name, at {@link
 * org.jkeepalived.track.Links} for the machine.
 */
package org.jkeepalived.track;
