/**
 * Running commands: what a command's run is for those who want one, and whether a command can be
 * run at all. How a process is made stands in {@code linux}.
 *
 * <p>May know {@code model} and {@code time}. Start reading at {@link
 * org.jkeepalived.script.CommandRunner}.
 */
package org.jkeepalived.script;
