/**
 * The thread that puts objects into the kernel and takes them out again, for all subsystems, and
 * the journal of them under /run.
 *
 * <p>Start at {@link org.jkeepalived.host.kernel.KernelThread}.
 */
package org.jkeepalived.host.kernel;
