package org.jkeepalived.sim;

/** Ways to break the daemon on purpose: each has to wake one of the watchers. */
enum Sabotage {
  NONE,
  /** Does not hear advertisements with a higher priority than its own. */
  DEAF_TO_BETTER,
  /** Never says that it resigns. */
  NEVER_RESIGNS,
  /** Never lets go of an address. */
  KEEPS_ADDRESSES,
  /** Says that it announced its addresses, and did not. */
  NEVER_ANNOUNCES,
  /** Announces its addresses when it becomes master and never again. */
  ANNOUNCES_ONCE,
  /** Does not wait as long for the master as it should. */
  HASTY,
  /** Does not take over from a lower-priority master although it should. */
  TIMID,
  /** Takes over from a lower-priority master although it should not. */
  RUDE,
  /** Advertises half as often as it should. */
  SLUGGISH,
  /** Believes its timers before it reads what has arrived. */
  TIMERS_FIRST,
  /** Takes no notice of an address that the kernel refuses. */
  IGNORES_REFUSAL,
  /** Takes no notice of links that go down. */
  BLIND_TO_LINKS,
  /** Lives on without its addresses when somebody else removes them. */
  INDIFFERENT,
  /** Loses one in ten of the answers of the kernel. */
  LOSES_ANSWERS,
  /** Speaks with another priority than the configured one. */
  BOASTFUL
}
