/**
 * What the operator asked for: immutable records, every default resolved. Two of them are compared
 * with {@code equals} to find out what a reload changes.
 *
 * <p>Depends on nothing else in the project. Start reading at {@link
 * org.jkeepalived.model.Configuration}.
 */
package org.jkeepalived.model;
