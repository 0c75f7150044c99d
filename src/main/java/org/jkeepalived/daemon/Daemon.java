package org.jkeepalived.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.config.ExitStatus;
import org.jkeepalived.config.HostFacts;
import org.jkeepalived.control.Control;
import org.jkeepalived.control.ControlSignal;
import org.jkeepalived.control.ReloadClock;
import org.jkeepalived.control.ReportSettings;
import org.jkeepalived.host.AfterTransitions;
import org.jkeepalived.host.DaemonPlaces;
import org.jkeepalived.host.LeftBehind;
import org.jkeepalived.host.ProcessConduct;
import org.jkeepalived.host.Services;
import org.jkeepalived.host.kernel.JournalPath;
import org.jkeepalived.host.kernel.Released;
import org.jkeepalived.host.script.ConfiguredAccounts;
import org.jkeepalived.host.script.InstalledScripts;
import org.jkeepalived.host.script.ScriptThread;
import org.jkeepalived.host.systemd.MachineWatchdog;
import org.jkeepalived.host.systemd.SystemdReport;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.MonotonicClock;
import org.jkeepalived.linux.Remedy;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.linux.SystemLocalClock;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.linux.process.CorePattern;
import org.jkeepalived.linux.process.EffectiveCapabilities;
import org.jkeepalived.linux.process.LaunchPipe;
import org.jkeepalived.linux.process.NotifySocket;
import org.jkeepalived.linux.process.OwnProcess;
import org.jkeepalived.linux.process.ParentProcess;
import org.jkeepalived.log.Logging;
import org.jkeepalived.loop.FatalExit;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.Dumps;
import org.jkeepalived.model.Reloading;
import org.jkeepalived.status.ProgramVersion;
import org.jkeepalived.status.ReportContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon's life from its first log line to its last: what has to be there before anything runs,
 * and is put away after everything has stopped. Its thread is the one that called {@link #run}.
 */
public final class Daemon {

  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

  private static final long RELEASE_MILLIS = 30_000;

  private final DaemonOptions options;
  private final Map<String, String> environment;
  private final Logging logging;
  private final LifeReport report;
  private final ConfigurationInForce configuration;
  private final AttendedReading source;
  private final Owners owners;
  private final LifeSignals signals;
  private final ReloadClock clock;
  private final FatalExit fatalExit;

  private Daemon(
      DaemonOptions options,
      ConfigurationSource source,
      Map<String, String> environment,
      Logging logging,
      LifeReport report) {
    this.options = options;
    this.environment = environment;
    this.logging = logging;
    this.report = report;
    fatalExit =
        new FatalExit(
            logging::closeInEmergency, () -> Runtime.getRuntime().halt(ExitStatus.FATAL.code()));
    owners = new Owners(fatalExit);
    this.source = new AttendedReading(source, this::inForce);
    configuration = new ConfigurationInForce(options, this.source, HostFacts::links);
    signals =
        new LifeSignals(fatalExit, () -> LifeScriptRun.mostShutdownMillis(configuration.life()));
    clock = new ReloadClock(owners, () -> signals.arrived(ControlSignal.RELOAD));
    configuration.sightFirst(each -> logging.json(each.life().oversight().jsonLog()));
    configuration.follow(each -> logging.json(each.life().oversight().jsonLog()));
    configuration.follow(new ProcessConduct(options.process().umask())::become);
    configuration.follow(
        next -> {
          Reloading reloading = next.globals().reloading();
          clock.become(reloading.timeFile(), reloading.repeated());
        });
  }

  private Optional<Configuration> inForce() {
    return configuration.now();
  }

  private Dumps.Files dumpFiles() {
    return configuration
        .now()
        .map(now -> now.reporting().dumps().files())
        .orElse(Dumps.Files.STANDARD);
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
      LifeReport report = new LifeReport(launcher, notify, logging::launched);
      return new Daemon(options, source, environment, logging, report).live().code();
    } catch (IOException e) {
      LOG.error("{}", FileError.text(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitStatus.FATAL.code();
  }

  private ExitStatus live() throws InterruptedException, IOException {
    try (Control control = Control.start(owners, signals::arrived)) {
      return liveAttended(control);
    } catch (SystemCallException e) {
      LOG.error("{}", Remedy.explain(e.error()));
      return ExitStatus.FATAL;
    }
  }

  /** With somebody who hears signals. */
  private ExitStatus liveAttended(Control control)
      throws InterruptedException, SystemCallException, IOException {
    LOG.info("Starting {}", ProgramVersion.text());
    LOG.info("Running on {} {}", System.getProperty("os.name"), System.getProperty("os.version"));
    LOG.info("Command line: 'jkeepalived'{}", quoted(options.arguments()));
    FormerDaemon.lines(environment).forEach(LOG::warn);
    if (LaunchPipe.of(environment).isPresent()) {
      followParent();
    }
    options.process().umask().ifPresent(OwnProcess::umask);
    CoreFiles coreFiles = CoreFiles.set(options.process().coreDump(), CorePattern.FILE);
    try {
      return configure(control);
    } finally {
      fatalExit.stopped();
      clock.close();
      coreFiles.close();
    }
  }

  private void followParent() {
    ParentProcess parent = ParentProcess.follow(LaunchPipe.parent(environment));
    signals
        .stopAsked()
        .thenRun(
            () ->
                parent
                    .ended()
                    .ifPresent(
                        number ->
                            LOG.warn(
                                "Process {}, the parent of this daemon, has ended: nobody would"
                                    + " start it again, or release what it leaves, and it ends as"
                                    + " well",
                                number)));
  }

  private ExitStatus configure(Control control)
      throws InterruptedException, SystemCallException, IOException {
    Optional<Configuration> read = configuration.read();
    if (read.isEmpty()) {
      LOG.error("Configuration cannot be run, see above; jkeepalived is not started");
      return configuration.refusal();
    }
    if (read.get().globals().autoPriority().needsAdvice()) {
      LOG.info(
          "NOTICE: setting config option max_auto_priority should result in better keepalived"
              + " performance");
    }
    if (!read.get().instances().isEmpty()
        && !EffectiveCapabilities.have(EffectiveCapabilities.CAP_NET_RAW)) {
      LOG.error("{}", Remedy.explain(SystemError.of("VRRP's packets", Errno.EPERM)));
      return ExitStatus.MISSING_PERMISSION;
    }
    ProcessIdentity identity = ProcessIdentity.of(options.process(), read.get().globals());
    if (!identity.logSuffix().isEmpty()) {
      logging.identifierSuffix(identity.logSuffix());
    }
    identity.enterNamespace();
    control.reportTo(
        new ReportSettings(
            new ReportContext(
                new SystemLocalClock(), identity.networkNamespace(), new InstalledScripts()),
            new DumpPlaces(this::dumpFiles, ReportSettings.folder(environment), identity),
            logging::hasRoom));
    return liveAlone(read.get(), identity, control);
  }

  /** With pid files, which no other daemon has. */
  private ExitStatus liveAlone(Configuration first, ProcessIdentity identity, Control control)
      throws InterruptedException, SystemCallException, IOException {
    Optional<PidFiles> taken =
        PidFiles.take(
            options.process().pidFiles(),
            identity.pidFileNames(),
            options.subsystems().vrrp(),
            !first.director().servers().isEmpty());
    if (taken.isEmpty()) {
      // COMPAT: keepalived exits with 0 here; whoever waits for a daemon in the background has
      // none
      report.failed(ExitStatus.FATAL.code());
      return ExitStatus.ALREADY_RUNNING;
    }
    try (PidFiles pidFiles = taken.get();
        ReloadReading reading = new ReloadReading(owners, source, options)) {
      configuration.follow(pidFiles::follow);
      control.named(JournalPath.of(pidFiles.parent()).socket());
      ServingLife serving =
          new ServingLife(configuration, reading, signals, report, control, logging::reopenFiles);
      ParentWord parent = new ParentWord(JournalPath.of(pidFiles.parent()).parent());
      if (options.process().stop().respawn() && LaunchPipe.of(environment).isPresent()) {
        parent.leave();
      }
      ExitStatus status = liveBetweenScripts(first, pidFiles, serving, control);
      boolean begins = FormerDaemon.lines(environment).isEmpty();
      if (status == ExitStatus.OK || begins && !serving.wasUp()) {
        parent.withdraw(); // nor is one started again that has never been up
      }
      new LeftBehind(pidFiles.parent()).forgetNamespace();
      return status;
    }
  }

  /** After the startup script, and before the shutdown script. */
  private ExitStatus liveBetweenScripts(
      Configuration first, PidFiles pidFiles, ServingLife serving, Control control)
      throws InterruptedException, SystemCallException, IOException {
    ScriptThread thread = new ScriptThread(owners, OwnProcess.raiseOpenFiles());
    try (SystemdReport systemd = SystemdReport.of(environment, thread.loop(), owners);
        ScriptThread scripts = thread) {
      scripts.prepare(ConfiguredAccounts.of(first));
      LifeScriptRun run = new LifeScriptRun(scripts);
      report.starting(LifeScriptRun.mostStartupMillis(first.life()));
      run.startup(first.life(), signals.stopAsked());
      ExitStatus status = ExitStatus.OK;
      Optional<MachineWatchdog> watchdog = Optional.empty();
      try {
        if (signals.stopAsked().isDone()) {
          LOG.info("Stopping");
          release(pidFiles.parent());
        } else {
          Services.Settings settings =
              new Services.Settings(
                  DaemonPlaces.of(pidFiles.parent(), environment, configuration.path()),
                  options.observation().addresses(),
                  options.process().stop().keepAddresses(),
                  options.process().stop().keepVirtualServers(),
                  options.subsystems().vrrp(),
                  options.subsystems().checkers());
          Services services = Services.of(owners, first, settings, scripts);
          services.tellAlso(
              new AfterTransitions(systemd, MonotonicClock::nowNanos, control::settle));
          systemd.start();
          watchdog = first.life().oversight().watchdogDevice().map(this::watchdog);
          if (watchdog.isPresent()) {
            watchdog.get().start();
          }
          status = serving.live(services);
        }
      } finally {
        watchdog.ifPresent(MachineWatchdog::close);
        scripts.endCommands();
        run.shutdown(configuration.life());
      }
      LOG.info("Stopped {}", ProgramVersion.text());
      return status;
    }
  }

  private MachineWatchdog watchdog(String path) {
    return new MachineWatchdog(owners, path);
  }

  /** Nothing has started; but what a killed run has left is not to outlive this one. */
  private void release(Path pidFile) throws SystemCallException {
    // a JVM that has just begun to load classes may need longer than a stop
    fatalExit.allow(RELEASE_MILLIS);
    Released released = Release.of(options, new LeftBehind(pidFile));
    released.removed().forEach(one -> LOG.info("Removed {}: a former run had left it", one));
    released.refused().forEach(reason -> LOG.warn("What a former run has left: {}", reason));
  }

  private static String quoted(List<String> arguments) {
    StringBuilder text = new StringBuilder();
    arguments.forEach(argument -> text.append(" '").append(argument).append('\''));
    return text.toString();
  }
}
