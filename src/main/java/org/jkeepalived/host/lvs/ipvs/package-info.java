/**
 * The thread that writes the kernel's IPVS table, and the journal of the services that this daemon
 * put there. Start at {@link org.jkeepalived.host.lvs.ipvs.IpvsThread}.
 */
package org.jkeepalived.host.lvs.ipvs;
