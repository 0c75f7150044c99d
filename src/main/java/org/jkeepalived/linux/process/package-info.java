/**
 * What Linux offers a process: signals, a pid file with a lock, umask, standard streams, datagram
 * sockets to syslog, the journal and the service manager.
 *
 * <p>Depends on the native calls of {@code linux} only. Each class stands for itself.
 */
package org.jkeepalived.linux.process;
