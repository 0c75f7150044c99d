package org.jkeepalived.daemon;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jkeepalived.config.ExitStatus;
import org.jkeepalived.config.LoadedConfiguration;
import org.jkeepalived.control.Control;
import org.jkeepalived.control.ControlCommands;
import org.jkeepalived.control.ControlSignal;
import org.jkeepalived.host.Services;
import org.jkeepalived.host.Subsystem.Reload;
import org.jkeepalived.model.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of the daemon's life in which it is of use: services start, do what signals ask for, and
 * stop. Whatever has become of the start, they are stopped: what they have made is removed.
 */
final class ServingLife {

  private static final Logger LOG = LoggerFactory.getLogger(ServingLife.class);

  private final ConfigurationInForce configuration;
  private final ReloadReading reading;
  private final LifeSignals signals;
  private final LifeReport report;
  private final Control control;
  private final Runnable reopenLogFiles;

  /**
   * @param reading reads the file again at a reload
   * @param reopenLogFiles called at each reload, after which rotated files are not written to
   */
  ServingLife(
      ConfigurationInForce configuration,
      ReloadReading reading,
      LifeSignals signals,
      LifeReport report,
      Control control,
      Runnable reopenLogFiles) {
    this.configuration = configuration;
    this.reading = reading;
    this.signals = signals;
    this.report = report;
    this.control = control;
    this.reopenLogFiles = reopenLogFiles;
  }

  /** From the start of services to their stop. */
  ExitStatus live(Services services) throws InterruptedException {
    ExitStatus status = ExitStatus.OK;
    try {
      CompletableFuture<Optional<String>> started = services.start();
      if (signals.awaitUnlessStopped(started)) {
        Optional<String> hindrance = started.join();
        if (hindrance.isPresent()) {
          LOG.error("{}", hindrance.get());
          status = ExitStatus.FATAL;
        } else {
          attend(services);
        }
      }
    } catch (RuntimeException | LinkageError bug) {
      LOG.error("internal error, please report it", bug);
      status = ExitStatus.FATAL;
    }
    LOG.info("Stopping");
    report.stopping(signals.mostStopMillis());
    services.stop();
    return status;
  }

  /** Up and running: does what signals ask for, until one asks to stop. */
  private void attend(Services services) throws InterruptedException {
    // after the first advertisement, which an address owner owes at once, and before anybody counts
    // on us
    services.warmUp();
    LOG.info("Startup complete");
    control.show(services.sources());
    control.listen(configuration.controlGroup(), new ControlCommands(List.of()));
    report.ready();
    logConfiguration();
    for (ControlSignal signal = signals.next();
        signal != ControlSignal.STOP;
        signal = signals.next()) {
      try {
        handle(signal, services);
      } catch (RuntimeException | StackOverflowError bug) {
        // what was asked for did not happen; what runs, runs
        LOG.error("internal error on signal {}, please report it", signal, bug);
      }
    }
  }

  private void handle(ControlSignal signal, Services services) throws InterruptedException {
    if (signal == ControlSignal.RELOAD) {
      report.reloading();
      try {
        reopenLogFiles.run();
        reload(services);
      } finally {
        report.reloaded();
      }
      logConfiguration();
    } else {
      control.answer(signal);
    }
  }

  private void reload(Services services) throws InterruptedException {
    LOG.info("Reloading ...");
    configuration.logFile();
    CompletableFuture<LoadedConfiguration> read = reading.begin();
    if (!signals.awaitAttending(read, control::answer)) {
      LOG.info("Reload abandoned: a stop was asked for");
      return;
    }
    Optional<Configuration> changed = configuration.accept(read.join());
    if (changed.isEmpty()) {
      LOG.error(
          "Reload refused: the configuration cannot be run, see above; the old one stays in force");
      return;
    }
    Reload plan = services.plan(changed.get());
    control.admit(configuration.controlGroup());
    if (signals.awaitUnlessStopped(plan.apply())) {
      LOG.info("Reload complete: {}", plan.summary());
    }
  }

  private void logConfiguration() {
    if (configuration.isToBeLogged()) {
      control.logConfiguration();
    }
  }
}
