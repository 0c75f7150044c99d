/**
 * What Linux offers a process: signals, a pid file with a lock, umask, standard streams, datagram
 * sockets to syslog, the journal and the service manager; and the machine's other processes.
 *
 * <p>Depends on the native calls of {@code linux}, and on {@code track} for what it wants to know.
 * Each class stands for itself.
 */
package org.jkeepalived.linux.process;
