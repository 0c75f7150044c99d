package org.jkeepalived.model;

/**
 * What a tracked thing adds to a priority.
 *
 * @param value 0: its failure is a fault. Positive: added while it is well. Negative: added while
 *     it is not. A file's number is multiplied by it. -253 to 253, for files any number.
 * @param reversed the sign of what is added is turned round; with 0, its being well is the fault
 */
public record Weight(int value, boolean reversed) {
  /** A failure is a fault. */
  public static final Weight FAULT = new Weight(0, false);
}
