/**
 * The command line: keepalived's options, read exactly as keepalived reads them, and subcommands.
 *
 * <p>Two readers share it, each with its own words. The daemon's options are read by a small twin
 * of the C library's {@code getopt_long}: keepalived's users have abbreviated names, bundled
 * letters, values that start with a dash and values that must be attached in their unit files, and
 * each option acts, or is complained about, in its turn. A command line whose first word is no
 * option may name a subcommand, which picocli declares and reads.
 *
 * <p>picocli was tried for the daemon's options, too: declared to it without annotations, with the
 * twin only bringing words into the form {@code --name=value}. Its 146 classes are of a class file
 * version (49) that Java 17 takes into no class data archive. Medians of 15 runs with the archive,
 * on two cores, wall clock, CPU and resident memory; the daemon would pay at each start, before it
 * can take over:
 *
 * <table>
 * <caption>The twin alone, and with picocli</caption>
 * <tr><th>command line<th>twin<th>picocli
 * <tr><td>{@code --signum=STOP}<td>64 ms, 70 ms, 40 MiB<td>148 ms, 181 ms, 49 MiB
 * <tr><td>{@code -n -l}, no such file<td>119 ms, 149 ms, 46 MiB<td>175 ms, 229 ms, 51 MiB
 * </table>
 *
 * <p>Depends on {@code daemon}'s value types and {@code log}'s options. Start reading at {@link
 * org.jkeepalived.cli.CommandLine}.
 */
package org.jkeepalived.cli;
