package org.jkeepalived.model.lvs;

/**
 * When a check runs.
 *
 * @param intervalNanos {@code delay_loop}: from one run to the next, more than 0
 * @param warmupNanos the first run comes at a random time up to that
 * @param retries how often a failure is tried again before it counts, 0 to 2³²−1
 * @param retryNanos {@code delay_before_retry}: from a failure to the next try
 * @param alpha the server is down until the check has succeeded
 * @param logsAllFailures failures that do not count yet are logged, too
 */
public record CheckSchedule(
    long intervalNanos,
    long warmupNanos,
    long retries,
    long retryNanos,
    boolean alpha,
    boolean logsAllFailures) {}
