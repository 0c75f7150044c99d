package org.jkeepalived.log;

/**
 * What a line is about, for sinks that have fields: a caller gives it by slf4j's {@code
 * addKeyValue}.
 *
 * @param name of capital letters, digits and underlines, as the journal wants them: {@code
 *     KEEPALIVED_INSTANCE}
 * @param value printable characters only, as a line's text
 */
record LogField(String name, String value) {}
