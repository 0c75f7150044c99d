package org.jkeepalived.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jkeepalived.linux.SystemLocalClock;
import org.jkeepalived.linux.process.OwnProcess;
import org.slf4j.LoggerFactory;

/**
 * The process's logging, from {@link #start} to {@link #close}.
 *
 * <p>Levels: ERROR and WARN as they say; INFO for what keepalived always logs; DEBUG for what it
 * logs with {@code -D}; TRACE for debug topics, off until one asks for a logger's.
 */
public final class Logging implements AutoCloseable {

  /** Enough for the transitions of 10,000 instances at once. */
  private static final int QUEUED_LINES = 65_536;

  private static final long MOST_END_NANOS = 10_000_000_000L;
  private static final long MOST_EMERGENCY_NANOS = 1_000_000_000L;
  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private final List<LineQueue> queues;
  private final QueueingAppender appender;
  private final List<LineSink> sinks;
  private final AtomicBoolean json;

  private Logging(List<LineSink> sinks, AtomicBoolean json) {
    this.json = json;
    this.sinks = List.copyOf(sinks);
    boolean console = hasConsole(sinks);
    List<LineQueue> made = new ArrayList<>();
    sinks.forEach(sink -> made.add(new LineQueue(sink, QUEUED_LINES, complaints(sink, console))));
    this.queues = List.copyOf(made);
    this.appender = new QueueingAppender(queues);
  }

  private static boolean hasConsole(List<LineSink> sinks) {
    for (LineSink sink : sinks) {
      if (sink instanceof StreamSink) {
        return true;
      }
    }
    return false;
  }

  /**
   * Sends everything that is logged from now on where the options say.
   *
   * @param foreground false for a daemon that is about to leave its terminal: COMPAT: {@code -l}
   *     has no effect then, and errors are shown until {@link #launched}
   * @param environment the process's, for {@code JOURNAL_STREAM}
   */
  public static Logging start(
      LogOptions options, boolean foreground, Map<String, String> environment) {
    // first, since what the sinks need is meanwhile being prepared by another thread
    Logger root = rootLogger();
    List<LineSink> sinks = new ArrayList<>();
    AtomicBoolean json = new AtomicBoolean();
    boolean journal = SystemdJournal.isConnected(environment, STANDARD_ERROR, STANDARD_OUTPUT);
    if (options.syslog()) {
      sinks.add(localLog(options.facility(), journal, json));
      warnOfLostLines(options, journal);
    }
    OutputStream stream = new FileOutputStream(FileDescriptor.err);
    if (!foreground) {
      sinks.add(new LaunchErrorSink(stream));
    } else if (options.console() && !(journal && options.syslog())) {
      // under systemd -l says nothing that the journal has not got already
      sinks.add(new StreamSink(stream, lines(json), journal));
    }
    options
        .file()
        .map(path -> new FileSink(path, options.flushEachLine(), lines(json)))
        .ifPresent(sinks::add);
    Logging logging = new Logging(sinks, json);
    logging.start();
    logging.attach(root, options.detailed());
    return logging;
  }

  private void start() {
    for (int i = 0; i < sinks.size(); i++) {
      if (sinks.get(i).hasSwitchedFormat()) {
        queues.get(i).startHeld();
      } else {
        queues.get(i).start();
      }
    }
  }

  /** A format of its own for each sink, whose thread it belongs to. */
  private static LineFormat lines(AtomicBoolean json) {
    return new SwitchedFormat(
        new ConsoleFormat(new SystemLocalClock()), new JsonFormat(OwnProcess.id()), json::get);
  }

  /** A container often has no syslog, and where lines go to the console nobody misses one. */
  private static Consumer<String> complaints(LineSink sink, boolean console) {
    boolean missed = !console || !(sink instanceof DatagramSink);
    return missed ? System.err::println : unheard -> {};
  }

  /** A container often has no syslog: who does not know that would see nothing at all. */
  private static void warnOfLostLines(LogOptions options, boolean journal) {
    boolean nowhereElse = !options.console() && options.file().isEmpty() && !journal;
    if (nowhereElse && Files.notExists(Path.of(SyslogFormat.DEVICE))) {
      System.err.println(
          "No syslog listens at " + SyslogFormat.DEVICE + ": -l logs to the console");
    }
  }

  private static LineSink localLog(Facility facility, boolean journal, AtomicBoolean json) {
    long processId = OwnProcess.id();
    if (journal && Files.exists(Path.of(JournalFormat.SOCKET))) {
      return new DatagramSink(
          "journal", new LogSocket(JournalFormat.SOCKET), new JournalFormat(facility, processId));
    }
    SyslogFormat syslog = new SyslogFormat(facility, new SystemLocalClock(), processId);
    JsonFormat object = new JsonFormat(processId);
    return new DatagramSink(
        "syslog",
        new LogSocket(SyslogFormat.DEVICE),
        new SwitchedFormat(
            syslog, line -> syslog.format(line.withText(object.format(line))), json::get));
  }

  private void attach(Logger root, boolean detailed) {
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.detachAndStopAllAppenders();
    root.addAppender(appender);
    root.setLevel(detailed ? Level.DEBUG : Level.INFO);
    // what libraries tell of themselves is no operator's concern
    root.getLoggerContext().getLogger("org.pcap4j").setLevel(Level.WARN);
    root.getLoggerContext().getLogger("io.netty").setLevel(Level.WARN);
  }

  private static Logger rootLogger() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  /**
   * Ends all identifiers in a suffix from now on, as keepalived does in a network namespace ({@code
   * _blue}), as an instance ({@code _I1}), or both ({@code _blue_I1}).
   *
   * @param suffix with its underscores; empty for none
   */
  public void identifierSuffix(String suffix) {
    appender.identifierSuffix(suffix);
  }

  /**
   * {@code log_format}: whether lines are JSON from now on, and those that have waited for this;
   * not the journal's, which has fields. Callable from any thread.
   */
  public void json(boolean wanted) {
    json.set(wanted);
    queues.forEach(LineQueue::release);
  }

  /** Opens the files of {@code -g} again: at a reload, after they were rotated away. */
  public void reopenFiles() {
    for (LineSink sink : sinks) {
      if (sink instanceof FileSink file) {
        file.reopen();
      }
    }
  }

  /**
   * Whether every sink keeps up, so that some thousand lines may follow. Whoever has more to say
   * than the queues hold asks now and then, or its lines, and everybody's, are dropped.
   */
  public boolean hasRoom() {
    return queues.stream().allMatch(LineQueue::hasRoom);
  }

  /** A daemon in the background is up: nobody reads its standard error any more. */
  public void launched() {
    for (LineSink sink : sinks) {
      if (sink instanceof LaunchErrorSink launcher) {
        launcher.launched();
      }
    }
  }

  /**
   * Writes what is still queued, as long as the sinks take it and for at most 10 s; then lines go
   * to standard error.
   */
  @Override
  public void close() {
    close(MOST_END_NANOS);
  }

  /** Writes what a second is enough for: the process is to end, whoever listens. */
  public void closeInEmergency() {
    close(MOST_EMERGENCY_NANOS);
  }

  private void close(long mostNanos) {
    StandardErrorConfigurator.attach(rootLogger());
    queues.forEach(LineQueue::close);
    long deadlineNanos = System.nanoTime() + mostNanos;
    for (LineQueue queue : queues) {
      queue.awaitEnd(deadlineNanos - System.nanoTime());
    }
  }
}
