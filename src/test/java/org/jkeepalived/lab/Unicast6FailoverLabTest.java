package org.jkeepalived.lab;

/** Failovers of nodes that speak to each other as peers, by IPv6. */
@Lab
final class Unicast6FailoverLabTest extends FailoverTable {
  Unicast6FailoverLabTest() {
    super(Cast.UNICAST_6);
  }
}
