/**
 * The packet filter, where it is asked through its own library. Nothing here is loaded before a
 * configuration wants an address blocked.
 */
package org.jkeepalived.linux.firewall;
