/**
 * What virtual routers track by name (scripts, files, processes), and what that does to their
 * priorities.
 *
 * <p>May know {@code model}, {@code time} and {@code script}. Start reading at {@link
 * org.jkeepalived.track.TrackBoard}.
 */
package org.jkeepalived.track;
