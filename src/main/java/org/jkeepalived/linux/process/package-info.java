/**
 * What Linux offers a process: signals, a pid file with a lock, umask, standard streams, datagram
 * sockets to syslog, the journal and the service manager; child processes; and the machine's other
 * processes.
 *
 * <p>Depends on the native calls of {@code linux}, on {@code script} for what children are to be,
 * and on {@code track} for what it wants to know. For children start reading at {@link
 * org.jkeepalived.host.script.CommandLauncher}; each of the other classes stands for itself.
 */
package org.jkeepalived.linux.process;
