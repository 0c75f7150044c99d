package org.jkeepalived.lab;

/** Failovers of nodes that speak to a multicast group of IPv6. */
@Lab
final class Failover6LabTest extends FailoverTable {
  Failover6LabTest() {
    super(Cast.MULTICAST_6);
  }
}
