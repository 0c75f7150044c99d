package org.jkeepalived.host.lvs.ipvs;

import java.util.Optional;

/**
 * What was asked of the kernel's table since the start, for whoever looks.
 *
 * @param missing why there is no IPVS, in one line; empty while there is
 * @param changes how many changes
 * @param refused how many of them the kernel has refused
 * @param readings how often the whole table was read
 * @param failedReadings how often that failed
 * @param lastNanos how long the last changes that were asked for together took
 */
public record IpvsFigures(
    Optional<String> missing,
    long changes,
    long refused,
    long readings,
    long failedReadings,
    long lastNanos) {}
