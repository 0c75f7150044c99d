/**
 * Characters to statements: the language of keepalived.conf(5) without its keywords.
 *
 * <p>Depends on nothing else in the project.
 */
package org.jkeepalived.config.syntax;
