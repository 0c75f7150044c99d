package org.jkeepalived.sim;

/** Ways to break the daemon on purpose: each has to wake one of the watchers. */
enum Sabotage {
  NONE("nothing"),
  /** Does not hear advertisements with a higher priority than its own. */
  DEAF_TO_BETTER("stays MASTER beside"),
  /** Never says that it resigns. */
  NEVER_RESIGNS("left MASTER without priority 0"),
  /** Never lets go of an address. */
  KEEPS_ADDRESSES("and claims"),
  /** Says that it announced its addresses, and did not. */
  NEVER_ANNOUNCES("became MASTER and did not announce it"),
  /** Announces its addresses when it becomes master and never again. */
  ANNOUNCES_ONCE("does not announce its addresses again"),
  /** Does not wait as long for the master as it should. */
  HASTY("too early"),
  /** Does not take over from a lower-priority master although it should. */
  TIMID("does not take over from"),
  /** Takes over from a lower-priority master although it should not. */
  RUDE("too early"),
  /** Advertises half as often as it should. */
  SLUGGISH("and silent for"),
  /** Believes its timers before it reads what has arrived. */
  TIMERS_FIRST("before it has read what arrived"),
  /** Reads one frame, and takes that for all that has arrived. */
  SHORT_SIGHTED("before it has read what arrived"),
  /** Hears IPv4 alone. */
  DEAF_TO_IPV6("stays MASTER beside"),
  /** Takes no notice of an address that the kernel refuses. */
  IGNORES_REFUSAL("that it does not hold"),
  /** Does not read what a killed run put into the kernel. */
  FORGETS_JOURNAL("which its file names no longer"),
  /** Asks for all addresses to see whether the one that was refused is accepted now. */
  TRIES_ALL("which was not refused"),
  /** Takes no notice of links that go down. */
  BLIND_TO_LINKS("on a link that is down"),
  /** Takes no notice of links that go down, where only an address lives. */
  BLIND_TO_ADDRESS_LINKS("with an address where the link is down"),
  /** Takes no notice of the address that it speaks from, when that goes. */
  BLIND_TO_ITS_SOURCE("without the address it speaks from"),
  /** Takes no notice of another machine that has the IPv6 address that it speaks from. */
  BLIND_TO_DUPLICATES("without the address it speaks from"),
  /** Believes whoever speaks to it, although it was told to look at the source. */
  TRUSTING("goes by what it should not believe"),
  /** Believes what is said from its own address. */
  BELIEVES_ITS_COPY("goes by what it should not believe"),
  /** Believes its peers from however far away. */
  FAR_SIGHTED("goes by what it should not believe"),
  /** Believes only its peers, although it was not told to. */
  SHY("although it hears"),
  /** Tells only the first of its peers. */
  TELLS_ONE_PEER("and not its peers"),
  /** Speaks from the address of the link instead of the configured one. */
  FROM_ANOTHER_ADDRESS("speaks from"),
  /** Takes no notice of scripts once they have run. */
  BLIND_TO_SCRIPTS("although what it tracks failed"),
  /** Takes no notice of an operator who takes it out. */
  IGNORES_MAINTENANCE("in maintenance"),
  /** Lives on without its addresses when somebody else removes them. */
  INDIFFERENT("is MASTER and holds"),
  /** Loses one in ten of the answers of the kernel. */
  LOSES_ANSWERS("did not announce it"),
  /** Takes a virtual router with another name for another one. */
  STOPS_WHAT_IT_RENAMES("stopped by a reload that keeps it"),
  /** Keeps what a reload takes out of the file. */
  KEEPS_WHAT_A_RELOAD_DROPS("which its file names no longer"),
  /** Leaves what was on the machine before a reload put it into the file. */
  LEAVES_WHAT_IS_THERE("which was there before"),
  /** Does not know of its sync groups. */
  UNGROUPED("but not all of its sync group"),
  /** Does not know of the last member of each sync group. */
  FORGETS_A_MEMBER("but not all of its sync group"),
  /** Speaks with another priority than the configured one. */
  BOASTFUL("advertises priority");

  private final String noticedAs;

  Sabotage(String noticedAs) {
    this.noticedAs = noticedAs;
  }

  /** A part of what the watcher says that should notice it. */
  String noticedAs() {
    return noticedAs;
  }
}
