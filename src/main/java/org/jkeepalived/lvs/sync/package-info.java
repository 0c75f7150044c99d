/**
 * The kernel's sync daemons, which tell another director of the connections of this one: which of
 * them is to run, what the kernel has, and the steps from the one to the other. Start at {@link
 * org.jkeepalived.lvs.sync.SyncKeeper}.
 */
package org.jkeepalived.lvs.sync;
