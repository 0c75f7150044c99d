/**
 * Characters to statements: the language of keepalived.conf(5) without its keywords.
 *
 * <p>Depends on nothing else in the project. {@link
 * org.jkeepalived.config.syntax.ConfigurationParser} is the door; what comes out is a {@link
 * org.jkeepalived.config.syntax.SyntaxTree}. To see how, start with {@code Expansion}: a line loses
 * its comment ({@code Comments}), then its references are replaced ({@code Scan}, {@code
 * Parameters}), sequences and includes put more lines on its stack ({@code Pending}, {@code
 * Repetition}, {@code Includes}), and what is left becomes words ({@code PlainWords}) and blocks
 * ({@code TreeBuilder}).
 *
 * <p>The behaviour is that of keepalived 2.2.7 as it was tried, and what the manual page of 2.4
 * adds: {@code ${_ENV}}, at most two digits behind {@code \x}. It differs on purpose where 2.2.7
 * reads its own manual's examples wrongly: ranges of {@code ${_RANDOM}}, conditions and {@code #}
 * that come out of parameters, blank lines in a definition with an open block, the lines of a
 * definition under a condition that does not hold.
 */
package org.jkeepalived.config.syntax;
