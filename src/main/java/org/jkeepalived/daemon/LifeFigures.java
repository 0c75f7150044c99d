package org.jkeepalived.daemon;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jkeepalived.host.Services;
import org.jkeepalived.linux.process.OwnUsage;
import org.jkeepalived.status.DaemonFigures;
import org.jkeepalived.status.DaemonFigures.Refusal;

/** Counts reloads, and tells how the daemon as a whole does. Any thread may ask. */
final class LifeFigures implements Supplier<DaemonFigures> {

  private final Services services;
  private final AtomicLong reloads = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final ConfigurationInForce configuration;
  private volatile Optional<Refusal> last = Optional.empty();

  LifeFigures(Services services, ConfigurationInForce configuration) {
    this.services = services;
    this.configuration = configuration;
  }

  /**
   * @param done whether it was carried out
   */
  void reloaded(boolean done) {
    (done ? reloads : refused).incrementAndGet();
    last =
        done
            ? Optional.empty()
            : Optional.of(
                new Refusal(Instant.now(), configuration.objection().orElse("it was not read")));
  }

  @Override
  public DaemonFigures get() {
    return new DaemonFigures(
        services.deliveries(),
        new DaemonFigures.Reloads(reloads.get(), refused.get(), last, configuration.mistakes()),
        new DaemonFigures.Usage(
            OwnUsage.residentBytes(), OwnUsage.processorNanos(), OwnUsage.startedSeconds()));
  }
}
