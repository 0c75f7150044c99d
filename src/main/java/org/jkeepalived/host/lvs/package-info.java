/**
 * Virtual servers on this machine: the thread that owns them, the kernel's table ({@code ipvs}),
 * and what asks real servers whether they are well ({@code check}). Start at {@link
 * org.jkeepalived.host.lvs.DirectorService}.
 */
package org.jkeepalived.host.lvs;
