/**
 * How an answer gets to whoever has asked, whatever is spoken: {@code
 * org.jkeepalived.control.stream.AnswerStream}. Depends on the event loop and on sockets.
 */
package org.jkeepalived.control.stream;
