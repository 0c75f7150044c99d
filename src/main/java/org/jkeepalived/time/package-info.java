/**
 * Time as the domain sees it: deadlines in a queue, handed the clock's reading by whoever drives
 * them. Depends on nothing. Start at {@link org.jkeepalived.time.TimerQueue}.
 */
package org.jkeepalived.time;
