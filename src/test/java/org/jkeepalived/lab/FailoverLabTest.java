package org.jkeepalived.lab;

/** Failovers of nodes that speak to a multicast group. */
@Lab
final class FailoverLabTest extends FailoverTable {
  FailoverLabTest() {
    super(Cast.MULTICAST);
  }
}
