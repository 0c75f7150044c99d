/**
 * Virtual servers as they run: which real servers are in the pool, whether the quorum is there, and
 * what the kernel's table is to hold. Pure: results of checks, reloads and the kernel's answers
 * come in; changes of the table, log lines and events go out.
 *
 * <p>What the kernel's table is made of stands in {@code table}, how a check goes in {@code check}.
 */
package org.jkeepalived.lvs;
