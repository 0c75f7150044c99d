package org.jkeepalived.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jkeepalived.config.LoadedConfiguration;
import org.jkeepalived.config.PlainRenderer;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.control.ControlSignal;
import org.jkeepalived.control.ControlSignals;
import org.jkeepalived.control.StatusReports;
import org.jkeepalived.host.Services;
import org.jkeepalived.host.script.ConfiguredAccounts;
import org.jkeepalived.host.script.ScriptThread;
import org.jkeepalived.host.vrrp.AddressJournalPath;
import org.jkeepalived.host.vrrp.StartupDelay;
import org.jkeepalived.host.vrrp.VrrpService;
import org.jkeepalived.linux.MonotonicClock;
import org.jkeepalived.linux.Namespaces;
import org.jkeepalived.linux.Remedy;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.linux.process.CorePattern;
import org.jkeepalived.linux.process.LaunchPipe;
import org.jkeepalived.linux.process.NotifySocket;
import org.jkeepalived.linux.process.OwnProcess;
import org.jkeepalived.linux.process.PidFile;
import org.jkeepalived.linux.process.PidFileNames;
import org.jkeepalived.linux.process.Signals;
import org.jkeepalived.log.Logging;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.FatalExit;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.GlobalDefinitions;
import org.jkeepalived.model.LifeScripts;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.model.Reporting;
import org.jkeepalived.model.Trackers;
import org.jkeepalived.status.ProgramVersion;
import org.jkeepalived.vrrp.ReloadPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The daemon's life: start, reload, stop. Its thread is the one that called {@link #run}. */
public final class Daemon {

  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

  /** A stop that takes longer than this is ended by force. */
  private static final long STOP_MILLIS = 10_000;

  private final DaemonOptions options;
  private final ConfigurationSource source;
  private final BlockingQueue<ControlSignal> signals = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> stopAsked = new CompletableFuture<>();
  private final List<PidFile> pidFiles = new ArrayList<>();
  private static final FailureRule CONTROL_RULE =
      FailureRule.goOn("no report is written any more; restart the daemon");

  private final FatalExit fatalExit;
  private final Owners owners;

  /** Those of the configuration in force; signals' threads read it. */
  private volatile LifeScripts life = LifeScripts.NONE;

  private Daemon(DaemonOptions options, ConfigurationSource source, Logging logging) {
    this.options = options;
    this.source = source;
    fatalExit =
        new FatalExit(
            logging::close, () -> Runtime.getRuntime().halt(ExitStatus.CANNOT_INITIALISE.code()));
    owners = new Owners(fatalExit);
  }

  /**
   * Runs until a signal ends it.
   *
   * @param environment the process's
   * @param logging where lines go
   * @param launcher whoever waits for the daemon to be up
   * @return the process's exit code
   */
  public static int run(
      DaemonOptions options,
      ConfigurationSource source,
      Map<String, String> environment,
      Logging logging,
      LaunchPipe launcher) {
    try (NotifySocket notify = NotifySocket.of(environment)) {
      return new Daemon(options, source, logging).live(logging, launcher, notify).code();
    } catch (IOException e) {
      LOG.error("{}", FileError.text(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitStatus.CANNOT_INITIALISE.code();
  }

  private ExitStatus live(Logging logging, LaunchPipe launcher, NotifySocket notify)
      throws InterruptedException, IOException {
    Signals.ignoreUnblocked(ControlSignal.realTimeNumbers());
    ControlSignals.passTo(this::signalled);
    LOG.info("Starting {}", ProgramVersion.text());
    LOG.info("Running on {} {}", System.getProperty("os.name"), System.getProperty("os.version"));
    LOG.info("Command line: 'jkeepalived'{}", quoted(options.arguments()));
    options.process().umask().ifPresent(OwnProcess::umask);
    CoreFiles coreFiles = CoreFiles.set(options.process().coreDump(), CorePattern.FILE);
    try {
      return configure(logging, launcher, notify);
    } finally {
      coreFiles.close();
    }
  }

  private ExitStatus configure(Logging logging, LaunchPipe launcher, NotifySocket notify)
      throws InterruptedException, IOException {
    LoadedConfiguration loaded = read();
    if (!loaded.canRun()) {
      LOG.error("Configuration cannot be run, see above; jkeepalived is not started");
      return ExitStatus.CONFIGURATION_UNUSABLE;
    }
    Configuration configuration = subsystems(loaded.configuration());
    identify(logging, configuration.globals());
    try {
      enterNamespace(configuration.globals());
      if (!takePidFiles(configuration.globals())) {
        // COMPAT: keepalived exits with 0 here; whoever waits for a daemon in the background has
        // none
        launcher.ended(ExitStatus.CANNOT_INITIALISE.code());
        return ExitStatus.ALREADY_RUNNING;
      }
      return liveBetweenScripts(configuration, logging, launcher, notify);
    } catch (SystemCallException e) {
      LOG.error("{}", Remedy.explain(e.error()));
      return ExitStatus.CANNOT_INITIALISE;
    } finally {
      releasePidFiles();
    }
  }

  /** After the startup script, and before the shutdown script. */
  private ExitStatus liveBetweenScripts(
      Configuration configuration, Logging logging, LaunchPipe launcher, NotifySocket notify)
      throws InterruptedException, SystemCallException, IOException {
    try (ScriptThread scripts = new ScriptThread(owners)) {
      scripts.prepare(ConfiguredAccounts.of(configuration));
      LifeScriptRun run = new LifeScriptRun(scripts);
      life = configuration.life();
      run.startup(life, stopAsked);
      ExitStatus status = ExitStatus.OK;
      try {
        if (stopAsked.isDone()) {
          LOG.info("Stopping");
        } else {
          status = serve(configuration, scripts, logging, launcher, notify);
        }
      } finally {
        scripts.endCommands();
        run.shutdown(life);
      }
      LOG.info("Stopped {}", ProgramVersion.text());
      return status;
    }
  }

  private ExitStatus serve(
      Configuration configuration,
      ScriptThread scripts,
      Logging logging,
      LaunchPipe launcher,
      NotifySocket notify)
      throws InterruptedException, SystemCallException, IOException {
    CompletableFuture<Optional<String>> ready = new CompletableFuture<>();
    Services services =
        new Services(
            owners,
            scripts,
            events ->
                new VrrpService(
                    configuration,
                    new VrrpService.Settings(
                        AddressJournalPath.of(pidFiles.get(0).path()),
                        StartupDelay.of(configuration.globals()),
                        options.observation().addresses()),
                    events,
                    ready::complete,
                    owners));
    ControlSignals.passRealTimeTo(this::signalled, services.vrrp());
    OwnerThread control = owners.make("control", CONTROL_RULE).start();
    services.start(configuration);
    Optional<Optional<String>> outcome = unlessStopped(ready);
    if (outcome.isPresent() && outcome.get().isPresent()) {
      LOG.error("{}", outcome.get().get());
      return ExitStatus.CANNOT_INITIALISE;
    }
    ExitStatus status = ExitStatus.OK;
    try {
      if (outcome.isPresent()) {
        StatusReports reports =
            StatusReports.of(
                services.vrrp(),
                services.watchers(),
                logging,
                networkNamespace(configuration),
                control);
        attend(services, reports, logging, launcher, notify);
      }
    } catch (RuntimeException | LinkageError bug) {
      LOG.error("internal error, please report it", bug);
      status = ExitStatus.CANNOT_INITIALISE;
    }
    LOG.info("Stopping");
    tell(notify::stopping);
    services.stop(options.process().stop().keepAddresses());
    return status;
  }

  /** Up and running: does what signals ask for, until one asks to stop. */
  private void attend(
      Services services,
      StatusReports reports,
      Logging logging,
      LaunchPipe launcher,
      NotifySocket notify)
      throws InterruptedException {
    // after the first advertisement, which an address owner owes at once, and before anybody counts
    // on us
    services.vrrp().warmUp();
    LOG.info("Startup complete");
    logging.launched();
    tell(launcher::ready);
    tell(() -> notify.ready("running"));

    if (options.configuration().dump()) {
      reports.logConfiguration();
    }
    for (ControlSignal signal = signals.take();
        signal != ControlSignal.STOP;
        signal = signals.take()) {
      try {
        handle(signal, services, reports, logging, notify);
      } catch (RuntimeException | StackOverflowError bug) {
        // what was asked for did not happen; what runs, runs
        LOG.error("internal error on signal {}, please report it", signal, bug);
      }
    }
  }

  private void signalled(ControlSignal signal) {
    if (signal == ControlSignal.STOP && stopAsked.complete(null)) {
      fatalExit.endAfter(STOP_MILLIS + LifeScriptRun.mostShutdownMillis(life));
    }
    signals.add(signal);
  }

  /** What comes of something that the VRRP thread does; empty once a stop is asked for. */
  private <T> Optional<T> unlessStopped(CompletableFuture<T> outcome) throws InterruptedException {
    try {
      CompletableFuture.anyOf(outcome, stopAsked).get();
      return outcome.isDone() ? Optional.of(outcome.get()) : Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** A message to whoever started us, who may be away. */
  private interface Message {
    void send() throws IOException;
  }

  private static void tell(Message message) {
    try {
      message.send();
    } catch (IOException e) {
      LOG.warn("Whoever started this daemon is not told: {}", FileError.text(e));
    }
  }

  private void handle(
      ControlSignal signal,
      Services services,
      StatusReports reports,
      Logging logging,
      NotifySocket notify)
      throws InterruptedException {
    switch (signal) {
      case RELOAD -> {
        tell(() -> notify.reloading(MonotonicClock.nowNanos() / 1000));
        try {
          logging.reopenFiles();
          reload(services);
        } finally {
          tell(() -> notify.ready("running"));
        }
        if (options.configuration().dump()) {
          reports.logConfiguration();
        }
      }
      case DATA -> reports.data();
      case STATS -> reports.statistics(false);
      case STATS_CLEAR -> reports.statistics(true);
      case JSON -> reports.json();
      case TDATA -> LOG.warn("Signal {}: not yet supported", signal);
      case STOP -> throw new IllegalStateException("ends the loop that calls this");
    }
  }

  private void reload(Services services) throws InterruptedException {
    LOG.info("Reloading ...");
    LoadedConfiguration loaded = read();
    if (!loaded.canRun()) {
      LOG.error(
          "Reload refused: the configuration cannot be run, see above; the old one stays in force");
      return;
    }
    Configuration changed = subsystems(loaded.configuration());
    life = changed.life();
    CompletableFuture<ReloadPlan> done = new CompletableFuture<>();
    services.reload(changed, done::complete);
    unlessStopped(done)
        .ifPresent(
            plan ->
                LOG.info(
                    "Reload complete: {} kept, {} changed, {} added, {} removed",
                    plan.kept().size(),
                    plan.changed().size(),
                    plan.added().size(),
                    plan.removed().size()));
  }

  /** Without the parts that the command line switches off. */
  private Configuration subsystems(Configuration whole) {
    return options.subsystems().vrrp()
        ? whole
        : new Configuration(
            whole.globals(),
            List.of(),
            List.of(),
            Trackers.NONE,
            LinkWatch.KERNEL,
            Reporting.NONE,
            whole.life());
  }

  private LoadedConfiguration read() {
    LOG.info("Configuration file {}", options.configuration().file());
    LoadedConfiguration loaded = source.read(options);
    for (Diagnostic diagnostic : loaded.diagnostics()) {
      String line = PlainRenderer.render(diagnostic);
      switch (diagnostic.severity()) {
        case NOTE -> LOG.info("{}", line);
        case WARNING -> LOG.warn("{}", line);
        case FATAL -> LOG.error("{}", line);
      }
    }
    return loaded;
  }

  /**
   * Moves this thread, and so all that it starts from now on, into the network namespace that is
   * asked for.
   */
  private void enterNamespace(GlobalDefinitions globals) throws SystemCallException {
    Optional<String> name = options.process().networkNamespace().or(globals::networkNamespace);
    if (name.isPresent()) {
      Namespaces.moveThread(name.get());
    }
  }

  private Optional<String> networkNamespace(Configuration configuration) {
    return options.process().networkNamespace().or(configuration.globals()::networkNamespace);
  }

  private void identify(Logging logging, GlobalDefinitions globals) {
    String suffix =
        options
                .process()
                .networkNamespace()
                .or(globals::networkNamespace)
                .map(name -> "_" + name)
                .orElse("")
            + globals.processInstance().map(name -> "_" + name).orElse("");
    if (!suffix.isEmpty()) {
      logging.identifierSuffix(suffix);
    }
  }

  private boolean takePidFiles(GlobalDefinitions globals) throws IOException {
    PidFileNames names =
        PidFileNames.of(
            options.process().networkNamespace().or(globals::networkNamespace),
            globals.processInstance(),
            globals.usePidDirectory());
    DaemonOptions.PidFiles given = options.process().pidFiles();
    // COMPAT: keepalived's VRRP process has a file of its own, and scripts send signals to it. It
    // is
    // one process here, with the same number in both.
    for (Path path :
        List.of(given.parent().orElse(names.parent()), given.vrrp().orElse(names.vrrp()))) {
      Optional<PidFile> taken = PidFile.take(path, ProcessHandle.current().pid());
      if (taken.isEmpty()) {
        LOG.error("daemon is already running ({} is locked by it)", path);
        return false;
      }
      pidFiles.add(taken.get());
    }
    return true;
  }

  private void releasePidFiles() {
    for (PidFile file : pidFiles) {
      try {
        file.close();
      } catch (IOException e) {
        LOG.warn("{}", FileError.text(e, file.path()));
      }
    }
  }

  private static String quoted(List<String> arguments) {
    StringBuilder text = new StringBuilder();
    arguments.forEach(argument -> text.append(" '").append(argument).append('\''));
    return text.toString();
  }
}
