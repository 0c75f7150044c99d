package org.jkeepalived.daemon;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jkeepalived.config.ExitStatus;
import org.jkeepalived.config.LoadedConfiguration;
import org.jkeepalived.control.Control;
import org.jkeepalived.control.ControlAnswer;
import org.jkeepalived.control.ControlAnswer.Status;
import org.jkeepalived.control.ControlCommand;
import org.jkeepalived.control.ControlRequest;
import org.jkeepalived.control.ControlSignal;
import org.jkeepalived.daemon.LifeSignals.Ending;
import org.jkeepalived.host.Services;
import org.jkeepalived.host.Subsystem.Reload;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.model.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of the daemon's life in which it is of use: services start, do what signals ask for, and
 * stop. Whatever has become of the start, they are stopped: what they have made is removed.
 */
final class ServingLife {

  private static final Logger LOG = LoggerFactory.getLogger(ServingLife.class);

  private static final String HANGS =
      "a file of the configuration does not answer; the old one stays in force";

  private final ConfigurationInForce configuration;
  private final ReloadReading reading;
  private final LifeSignals signals;
  private final LifeReport report;
  private final Control control;
  private final Runnable reopenLogFiles;
  private boolean wasUp;
  private int reloads;

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
    signals.stopping();
    signals.abandonErrands();
    report.stopping(signals.mostStopMillis());
    return services.stop() ? status : ExitStatus.FATAL;
  }

  /** Whether it came so far that somebody may count on it. */
  boolean wasUp() {
    return wasUp;
  }

  /** Up and running: does what signals ask for, until one asks to stop. */
  private void attend(Services services) throws InterruptedException {
    // after the first advertisement, which an address owner owes at once, and before anybody counts
    // on us
    services.warmUp();
    LOG.info("Startup complete");
    LifeFigures figures = new LifeFigures(services, configuration);
    control.show(services.sources());
    control.measure(figures);
    control.listen(
        configuration.subject(),
        configuration.path(),
        configuration.controlGroup(),
        commands(services, figures));
    showPages();
    wasUp = true;
    report.ready();
    reading.meanwhile(StopClasses::load);
    logConfiguration();
    if (!signals.stopAsked().isDone()) { // the time for a stop has begun
      control.warmUp();
      control.settle();
    }
    for (ControlSignal signal = signals.next();
        signal != ControlSignal.STOP;
        signal = signals.next()) {
      try {
        handle(signal, services, figures);
      } catch (RuntimeException | StackOverflowError bug) {
        // what was asked for did not happen; what runs, runs
        LOG.error("internal error on signal {}, please report it", signal, bug);
      }
    }
  }

  private void showPages() {
    control.showPages(configuration.subject(), configuration.httpAddress());
  }

  private void handle(ControlSignal signal, Services services, LifeFigures figures)
      throws InterruptedException {
    if (signal == ControlSignal.RELOAD) {
      reload(services, figures);
    } else {
      control.answer(signal);
    }
  }

  /** Reads the file again, has it in force, and says what has come of it. */
  private ControlAnswer reload(Services services, LifeFigures figures) throws InterruptedException {
    ControlAnswer outcome;
    reloads++;
    save("pre");
    report.reloading();
    try {
      reopenLogFiles.run();
      LOG.info("Reloading ...");
      configuration.logFile();
      outcome = read(reading.begin(), loaded -> carryOut(loaded, services));
      figures.reloaded(outcome.status() == Status.DONE || outcome.status() == Status.FLAWED);
    } catch (RuntimeException | StackOverflowError bug) {
      figures.reloaded(false);
      throw bug;
    } finally {
      report.reloaded();
    }
    control.settle();
    save("post");
    logConfiguration();
    return outcome;
  }

  /** {@code config_save_dir}. */
  private void save(String moment) {
    configuration.saveDirectory().ifPresent(folder -> control.save(folder, reloads + "." + moment));
  }

  /** What is done with what was read. */
  private interface Reading {
    ControlAnswer done(LoadedConfiguration loaded) throws InterruptedException;
  }

  private ControlAnswer read(CompletableFuture<LoadedConfiguration> read, Reading then)
      throws InterruptedException {
    ReloadReading.Patience patience = reading.patience();
    Ending ending = signals.awaitAttending(read, control::answer, patience.slowMillis());
    if (ending == Ending.OVERDUE) {
      LOG.warn(
          "Reading the configuration takes long: does a file system not answer? All that runs goes"
              + " on");
      ending = signals.awaitAttending(read, control::answer, patience.mostMillis());
    }
    return switch (ending) {
      case DONE -> then.done(read.join());
      case STOP_ASKED -> {
        LOG.info("Reload abandoned: a stop was asked for");
        yield ControlAnswer.of(Status.FAILED, "Abandoned: the daemon stops");
      }
      case OVERDUE -> {
        LOG.error("Reload given up: {}", HANGS);
        giveUp();
        yield ControlAnswer.of(Status.FAILED, "Given up: " + HANGS);
      }
    };
  }

  private void giveUp() {
    try {
      reading.giveUp();
    } catch (SystemCallException e) {
      LOG.error("No reload takes place until that file answers: {}", e.getMessage());
    }
  }

  private ControlAnswer carryOut(LoadedConfiguration loaded, Services services)
      throws InterruptedException {
    List<String> lines = new ArrayList<>(configuration.remarks(loaded));
    Optional<Configuration> changed = configuration.accept(loaded);
    if (changed.isEmpty()) {
      LOG.error(
          "Reload refused: the configuration cannot be run, see above; the old one stays in force");
      lines.add("Reload refused: the configuration cannot be run; the old one stays in force");
      return ControlAnswer.of(Status.FAILED, lines);
    }
    Reload plan = services.plan(changed.get());
    control.admit(configuration.controlGroup());
    showPages();
    plan.news().forEach(line -> LOG.info("Reload: {}", line));
    if (!signals.awaitUnlessStopped(plan.apply())) {
      return ControlAnswer.of(Status.FAILED, "Abandoned: the daemon stops");
    }
    LOG.info("Reload complete: {}", plan.summary());
    return told(verdict(loaded), lines, plan, "Reload complete: ");
  }

  /** What it costs is told; whoever asks from a script knows by the number that there is a cost. */
  private static Status verdict(LoadedConfiguration loaded) {
    return loaded.isFlawless() ? Status.DONE : Status.FLAWED;
  }

  private ControlAnswer plan(LoadedConfiguration loaded, Services services) {
    List<String> lines = new ArrayList<>(configuration.remarks(loaded));
    Optional<Configuration> target = configuration.acceptable(loaded);
    if (target.isEmpty()) {
      lines.add("A reload would be refused: the configuration cannot be run");
      return ControlAnswer.of(Status.REFUSED, lines);
    }
    return told(verdict(loaded), lines, services.plan(target.get()), "A reload would be: ");
  }

  private ControlAnswer plan(ControlRequest request, Services services)
      throws InterruptedException {
    Optional<Path> instead = Optional.empty();
    if (!request.words().isEmpty()) {
      // what is wrong in a file is quoted, and so anybody who may ask would read any file
      if (!request.asker().mayReadAll()) {
        return ControlAnswer.of(Status.FAILED, "Only root may name another file");
      }
      String named = String.join(" ", request.words());
      try {
        instead = Optional.of(Path.of(named)).filter(Path::isAbsolute);
      } catch (InvalidPathException unusable) {
        return ControlAnswer.of(Status.NOT_UNDERSTOOD, "Not a file name in the daemon's locale");
      }
      if (instead.isEmpty()) {
        return ControlAnswer.of(Status.NOT_UNDERSTOOD, named + " is not absolute");
      }
    }
    return read(reading.look(instead), loaded -> plan(loaded, services));
  }

  /** In words only for whoever reads them. */
  private static ControlAnswer told(
      Status status, List<String> remarks, Reload plan, String outcome) {
    return new ControlAnswer(
        status,
        pieces -> {
          List<String> lines = new ArrayList<>(remarks);
          lines.addAll(plan.details());
          lines.add(outcome + plan.summary());
          lines.forEach(line -> pieces.accept(line + "\n"));
        });
  }

  private List<ControlCommand> commands(Services services, LifeFigures figures) {
    List<ControlCommand> commands = new ArrayList<>();
    commands.add(
        new ErrandCommand(
            "reload",
            "reload: reads the configuration again, and says what has changed",
            signals,
            ErrandCommand.Words.NONE,
            request -> {
              LOG.info("Reload asked for by {}", request.asker());
              return reload(services, figures);
            }));
    commands.add(
        new ErrandCommand(
            "plan",
            "plan [FILE]: what a reload would change, of the file that is there now or another",
            signals,
            ErrandCommand.Words.SOME,
            request -> plan(request, services)));
    commands.add(new LogLevelCommand());
    services.orders(this::executeHere).forEach(order -> commands.add(new OrderCommand(order)));
    return commands;
  }

  /** On this thread, in its turn; also where the daemon is about to stop: somebody waits for it. */
  private void executeHere(Runnable step) {
    signals.asked(
        new LifeSignals.Errand() {
          @Override
          public void run() {
            step.run();
          }

          @Override
          public void abandon() {
            step.run();
          }
        });
  }

  private void logConfiguration() {
    if (configuration.isToBeLogged()) {
      control.logConfiguration();
    }
  }
}
