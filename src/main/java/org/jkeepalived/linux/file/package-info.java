/**
 * Files as the kernel sees them: the way from a path to a file ({@link
 * org.jkeepalived.linux.file.FileLookup}), what changes on it ({@link
 * org.jkeepalived.linux.file.Inotify}), and a small file's content ({@link
 * org.jkeepalived.linux.file.SmallFile}), and FIFOs ({@link org.jkeepalived.linux.file.NamedPipe}).
 *
 * <p>Depends on the native calls of {@code linux} only, and for the owners of FIFOs on its table of
 * accounts. All of it may wait for a disk or a file server: not for the {@code vrrp} thread.
 */
package org.jkeepalived.linux.file;
