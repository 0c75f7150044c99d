/**
 * Pages for browsers and for what collects figures, by HTTP: where {@code http_address} asks for
 * them, and nothing of this is loaded or runs where it does not. Everything here only reads.
 *
 * <p>To add a page, write an {@link org.jkeepalived.control.http.HttpPage} and give it a line in
 * {@code HttpPages}. It is handed the same look at everything that {@code jkeepalived status}
 * shows, and puts its text together on the thread {@code http}, once a second at most, however many
 * ask: they get the same bytes.
 *
 * <h2>What is spoken</h2>
 *
 * <p>HTTP/1.1 or 1.0, GET and HEAD, one request a connection; no request has a body. It is so
 * little that it is done here, on an event loop as all threads have one: the JDK's server would
 * bring four threads, of which one wakes every second, reads each request on a thread that whoever
 * sends slowly keeps for as long as they like, and has its bounds in properties of the whole Java
 * VM, which those before 17.0.13 do not know.
 *
 * <p>Nobody who asks costs another thread time, or memory without a bound: there are at most {@code
 * HttpListener.MOST_CONNECTIONS} connections, of which the one that has been sending its request
 * for longest makes room for one more; a request has 8 KiB and 5 s; an answer that is not read is
 * given up; all pages that nobody has read yet have 32 MiB together. The thread has a lower
 * priority than the others.
 *
 * <p>Start at {@link org.jkeepalived.control.http.HttpService}, which owns the thread; {@code
 * HttpListener} is where others connect, {@code HttpExchange} one request and its answer, {@code
 * SharedPage} what all that ask for one page share.
 */
package org.jkeepalived.control.http;
