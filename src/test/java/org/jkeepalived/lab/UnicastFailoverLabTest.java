package org.jkeepalived.lab;

/** Failovers of nodes that speak to each other as peers. */
@Lab
final class UnicastFailoverLabTest extends FailoverTable {
  UnicastFailoverLabTest() {
    super(Cast.UNICAST);
  }
}
