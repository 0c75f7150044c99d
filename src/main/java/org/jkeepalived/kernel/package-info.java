/**
 * What is put into the kernel, and who holds it: one family of objects ({@link
 * org.jkeepalived.kernel.KernelObject}), requests and results in batches, the journal's lines, and
 * what a killed run left behind. Makes no system call: who writes for it implements {@link
 * org.jkeepalived.kernel.KernelWriter}, who carries batches to another thread {@link
 * org.jkeepalived.kernel.KernelQueue}.
 *
 * <p>Start at {@link org.jkeepalived.kernel.HeldObjects}. A new kind of object is a class here that
 * {@link org.jkeepalived.kernel.KernelObject} permits, the message that {@code linux} writes for
 * it, and its line where a subsystem lists what an instance holds.
 *
 * <p>May know {@code model}, {@code time} and {@code link}.
 */
package org.jkeepalived.kernel;
