/**
 * Generic netlink: kinds of messages that are numbered when the module that knows them is loaded.
 * Start at {@link org.jkeepalived.linux.netlink.generic.GenericNetlink}.
 */
package org.jkeepalived.linux.netlink.generic;
