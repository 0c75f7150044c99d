package org.jkeepalived.sim;

/** What a machine that does not run still does. */
enum Pause {
  NONE,
  /** The process does not get the CPU; the kernel keeps frames for it. */
  PROCESS,
  /** The machine is paused: frames are lost, the clock goes on. */
  MACHINE,
  /** The machine is paused, and its clock with it. */
  MACHINE_AND_CLOCK
}
