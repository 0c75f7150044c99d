/**
 * The kernel's packet filter by netlink (linux/netfilter/nf_tables.h): tables, chains, maps and
 * rules, of which a batch is carried out as a whole or not at all. It knows nothing of what they
 * are for, but for {@link org.jkeepalived.linux.netlink.nftables.MarkingConnection}, which marks
 * packets for virtual servers. Start at {@link
 * org.jkeepalived.linux.netlink.nftables.NftablesConnection}.
 */
package org.jkeepalived.linux.netlink.nftables;
