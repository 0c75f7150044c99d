/**
 * One look at a part of the daemon, and how it is shown: keepalived's data dump, statistics and
 * JSON.
 *
 * <p>A {@link org.jkeepalived.status.SnapshotSource} is asked for a {@link
 * org.jkeepalived.status.Snapshot}, which never changes and shows itself; it hands out one line at
 * a time, for 10,000 instances make text of many megabytes. Where that goes is {@code control}'s
 * concern. VRRP's is a {@link org.jkeepalived.status.VrrpSnapshot}: it is taken on the VRRP thread,
 * which only copies what changes, and the renderings read nothing else.
 *
 * <p>What other threads know of what is tracked, they tell as {@link
 * org.jkeepalived.status.TrackerStatus}, each in its own time; one that does not answer is left
 * out.
 *
 * <p>What keepalived shows and this program does not know is left out: no line has an invented
 * value. Text and keys are those of keepalived, as seen in its output; passwords are hidden.
 *
 * <p>Depends on {@code vrrp}, {@code track} and {@code model}. Start reading at {@link
 * org.jkeepalived.status.Snapshot}.
 */
package org.jkeepalived.status;
