package org.jkeepalived.host;

import org.jkeepalived.host.kernel.KernelThread;
import org.jkeepalived.host.script.ScriptThread;
import org.jkeepalived.host.track.FileWatches;

/**
 * Threads that more than one subsystem uses, and that end after all of them.
 *
 * @param kernel writes what subsystems put into the kernel
 * @param scripts runs commands
 * @param files reads tracked files
 */
record SharedThreads(KernelThread kernel, ScriptThread scripts, FileWatches files) {}
