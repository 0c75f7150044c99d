/**
 * What packet filters are told, in their own words. Makes no system call.
 *
 * <p>Start at {@link org.jkeepalived.kernel.firewall.NftablesTable}.
 */
package org.jkeepalived.kernel.firewall;
