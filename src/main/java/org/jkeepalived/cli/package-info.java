/**
 * The command line: keepalived's options, read exactly as keepalived reads them.
 *
 * <p>The daemon's options are read by a small twin of the C library's {@code getopt_long}, not by
 * picocli: keepalived's users have abbreviated names, bundled letters, values that start with a
 * dash and values that must be attached in their unit files, and it costs a tenth of the time.
 *
 * <p>Depends on {@code daemon}'s value types and {@code log}'s options. Start reading at {@link
 * org.jkeepalived.cli.CommandLine}.
 */
package org.jkeepalived.cli;
