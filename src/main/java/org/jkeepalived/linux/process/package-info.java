/**
 * What Linux offers a process: signals, a pid file with a lock, umask, standard streams, datagram
 * sockets to syslog, the journal and the service manager.
 *
 * <p>Calls libc through jffi, the layer below jnr-ffi: it needs no generated classes, which at the
 * start of the daemon, when the first line is logged, costs 40 ms where jnr-ffi costs 125.
 *
 * <p>Depends on nothing else of the project. Start reading at {@link
 * org.jkeepalived.linux.process.NativeFunction}.
 */
package org.jkeepalived.linux.process;
