package org.jkeepalived.sim;

import java.util.List;

/** What everything on all machines shares with the simulation. */
record World(
    Scenario scenario,
    VirtualTime time,
    List<Cable> cables,
    Watcher watcher,
    Trace trace,
    Sabotage sabotage) {}
