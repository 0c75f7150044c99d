/**
 * How checks of real servers go: when they run, when a failure counts, and what is said of it.
 * Pure: the answers of servers come in, what to ask comes out.
 *
 * <p>Start at {@link org.jkeepalived.lvs.check.RunningCheck}.
 */
package org.jkeepalived.lvs.check;
