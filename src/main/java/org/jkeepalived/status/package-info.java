/**
 * One look at everything that the daemon knows, and how it is shown: keepalived's data dump,
 * statistics and JSON.
 *
 * <p>A {@link org.jkeepalived.status.VrrpSnapshot} is taken on the VRRP thread, which only copies
 * what changes; the renderings read nothing else and run on any thread. They hand out one line at a
 * time, for 10,000 instances make text of many megabytes. Where it goes is the daemon's concern.
 *
 * <p>What other threads know of what is tracked, they tell as {@link
 * org.jkeepalived.status.TrackerStatus}, each in its own time; one that does not answer is left
 * out.
 *
 * <p>What keepalived shows and this program does not know is left out: no line has an invented
 * value. Text and keys are those of keepalived 2.2.7, as seen in its output.
 *
 * <p>Depends on {@code vrrp}, {@code track} and {@code model}. Start reading at {@link
 * org.jkeepalived.status.DataDump}.
 */
package org.jkeepalived.status;
