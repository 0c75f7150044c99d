/**
 * Commands as child processes, and whether a program may be run at all.
 *
 * <p>Start at {@link org.jkeepalived.host.script.ScriptThread}, which owns the children; {@link
 * org.jkeepalived.host.script.ProcessRunner} starts and supervises them.
 */
package org.jkeepalived.host.script;
