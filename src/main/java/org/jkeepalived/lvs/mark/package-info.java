/**
 * Which packets get which firewall mark, so that all addresses of a group are one service of the
 * kernel's table, and what that takes of its packet filter. Start at {@link
 * org.jkeepalived.lvs.mark.MarkKeeper}.
 */
package org.jkeepalived.lvs.mark;
