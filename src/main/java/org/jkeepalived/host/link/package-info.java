/**
 * Links as their drivers tell of them ({@code linkbeat_interfaces}). Start at {@link
 * org.jkeepalived.host.link.LinkPolling}.
 */
package org.jkeepalived.host.link;
