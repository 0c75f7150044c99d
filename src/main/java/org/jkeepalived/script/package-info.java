/**
 * Running commands: what a command's run is for those who want one, and whether a command can be
 * run at all; when one that runs is to end, and how much of what it says is heard. How a process is
 * made stands in {@code linux}, who waits for it in {@code host.script.ScriptThread}.
 *
 * <p>May know {@code model} and {@code time}. Start reading at {@link
 * org.jkeepalived.script.CommandRunner}.
 */
package org.jkeepalived.script;
