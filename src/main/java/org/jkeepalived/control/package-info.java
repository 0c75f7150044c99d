/**
 * Who looks at the daemon or asks something of it from outside: signals, the files that they have
 * written, and the socket. It shows values that say themselves ({@code status.Snapshot}), and knows
 * nothing of where they come from.
 *
 * <h2>The socket</h2>
 *
 * <p>A stream socket under /run/jkeepalived, named after the daemon's pid file as its journal is
 * ({@code -run-keepalived.pid.control}), for root alone (mode 0600), or for a group, too (0660, the
 * setting {@code control_group}); the kernel is asked who has connected all the same. It is there
 * from before the daemon says that it is ready until it has stopped.
 *
 * <p>A connection is one question. The client sends one line in UTF-8, words with blanks between
 * them, of at most 4,096 bytes with its end:
 *
 * <pre>
 *   [file=FILE] COMMAND [WORD]... LF
 * </pre>
 *
 * <p>A daemon that runs with another configuration than FILE, which is encoded as in a URL, refuses
 * the line and does nothing of it.
 *
 * <p>The daemon sends a line of two decimal numbers, what has become of it and how many bytes
 * follow, then those bytes, in UTF-8 too, text in lines or JSON; then it hangs up:
 *
 * <pre>
 *   STATUS LENGTH LF          0 done, 1 failed, 2 not understood, 3 busy: ask again
 *   BYTE...
 * </pre>
 *
 * <p>Whoever has received fewer bytes has not got the whole answer. The line {@code help} is
 * answered by all commands. The status is the exit code of the program's subcommands.
 *
 * <p>The line must be there within 5 s. A command has two minutes: what takes longer is not given
 * up, but the answer is. A reader that takes nothing for 10 s, or not all within a minute, is hung
 * up on. There are at most 16 connections at a time, 8 of them of one user who is not root, and 64
 * MiB of answers that nobody has read.
 *
 * <p>Start at {@link org.jkeepalived.control.Control}, which owns the thread; {@code StatusReports}
 * writes what signals ask for, {@link org.jkeepalived.control.ControlSignal} says what a signal
 * means; {@code ControlSocket} is where others connect, {@code ControlExchange} one question and
 * its answer, {@link org.jkeepalived.control.ControlCommand} what can be asked for.
 */
package org.jkeepalived.control;
