package org.jkeepalived.lvs.check;

/** All ways to ask servers over the network. */
public interface Network extends Connections, WebFetcher, Conversations, Datagrams {}
