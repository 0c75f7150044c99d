/**
 * Whole clusters on virtual time: the production code of {@code vrrp}, {@code time} and the {@code
 * loop} that drives them, on machines, cables and clocks that only exist in here, with every fault
 * that one seed brings, and after every event the question whether VRRP's promises still hold.
 *
 * <p>Start at {@link org.jkeepalived.sim.Simulation}. {@link org.jkeepalived.sim.Scenario} draws a
 * cluster from a seed, {@link org.jkeepalived.sim.Storm} breaks and mends it, {@link
 * org.jkeepalived.sim.NodeRules}, {@link org.jkeepalived.sim.ReloadRules} and {@link
 * org.jkeepalived.sim.ClusterPromises} watch. {@link org.jkeepalived.sim.Sabotage} breaks the
 * daemon on purpose, to see that the watchers wake up.
 *
 * <p>In about half of the clusters some virtual routers speak to peers instead of a group ({@link
 * org.jkeepalived.sim.PeerDice}), each with lists of its own: packets are routed to whoever has the
 * address, and {@link org.jkeepalived.sim.Audibility} says who hears whom. Where not everybody
 * hears everybody, {@link org.jkeepalived.sim.HearingPromises} stands in for {@link
 * org.jkeepalived.sim.ClusterPromises}. A {@link org.jkeepalived.sim.Stranger} is nobody's peer.
 *
 * <p>A run takes 120 seeds that are always the same and some that change with the day ({@link
 * org.jkeepalived.dice.Seeds}); one that fails prints its seed.
 *
 * <pre>
 * mvn test -Dtest=SimulationTest -Dsim.seed=4711                 one seed again, with its trace
 * mvn test -Dtest=SimulationTest -Dsim.seeds=10000 -Dsim.first=1 as many seeds as you like
 * </pre>
 */
package org.jkeepalived.sim;
