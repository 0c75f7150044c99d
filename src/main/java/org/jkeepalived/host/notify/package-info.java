/**
 * Carries events over to the thread of the scripts, where the notifier lives. Start at {@link
 * org.jkeepalived.host.notify.NotifyService}.
 */
package org.jkeepalived.host.notify;
