/**
 * Statements → model: which keywords there are, what they may say, and what they set.
 *
 * <p>A keyword is declared once, in its block's table ({@link
 * org.jkeepalived.config.grammar.GlobalKeywords}, {@link
 * org.jkeepalived.config.grammar.InstanceKeywords}, …): parsing, checking, messages and the nearest
 * known word come out of that declaration. What keepalived knows and we do not support yet stands
 * in the {@link org.jkeepalived.config.grammar.Catalogue}. A table fills a mutable draft; {@link
 * org.jkeepalived.config.grammar.InstanceCompletion} makes the immutable record of it, once the
 * whole file has been read and the defaults are known, {@link
 * org.jkeepalived.config.grammar.SyncGroupCompletion} that of a group, {@link
 * org.jkeepalived.config.grammar.VirtualServerCompletion} that of a virtual server, and {@link
 * org.jkeepalived.config.grammar.Commands} what runs for it.
 *
 * <p>May depend on {@code config.syntax} and {@code model}. Start reading at {@link
 * org.jkeepalived.config.grammar.Grammar}.
 */
package org.jkeepalived.config.grammar;
