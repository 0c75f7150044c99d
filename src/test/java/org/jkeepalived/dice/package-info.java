/**
 * The dice of all tests that hold for any input: seeded, and with the borders more often than
 * chance would have them.
 *
 * <p>A test is {@link org.jkeepalived.dice.Trials#run} with a number of tries; each draws from its
 * own {@link org.jkeepalived.dice.Dice}. Most seeds are the same in every run, a tenth of them
 * changes with the day ({@link org.jkeepalived.dice.Seeds}; the simulator's, too).
 *
 * <pre>
 * mvn test -Dtest='PacketPropertyTest#whatIsSentIsReceived' -Ddice.seed=4711   one seed again
 * mvn test -Dtest='*PropertyTest' -Ddice.times=100                             100 times as many
 * </pre>
 *
 * <p>What is worth more than dice, a search that sees which code its inputs reach, is {@code
 * packaging/fuzz}; see {@link org.jkeepalived.fuzz}.
 */
package org.jkeepalived.dice;
