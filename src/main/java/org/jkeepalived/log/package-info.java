/**
 * Where log lines go: syslog, the journal, the console, files; in keepalived's words' own form.
 *
 * <p>Callers log through slf4j and never wait: {@link org.jkeepalived.log.QueueingAppender} turns
 * an event into a {@link org.jkeepalived.log.LogLine} that cannot forge another one, and hands it
 * to one {@link org.jkeepalived.log.LineQueue} per sink, each with its own thread. A sink that is
 * stuck costs lines, which are counted and reported, never time.
 *
 * <p>Depends on slf4j, logback and {@code linux.process}'s datagram socket. Start reading at {@link
 * org.jkeepalived.log.Logging}.
 */
package org.jkeepalived.log;
