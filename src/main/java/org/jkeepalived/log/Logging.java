package org.jkeepalived.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.linux.process.SystemCallException;
import org.jkeepalived.linux.process.UnixDatagramSocket;
import org.slf4j.LoggerFactory;

/**
 * The process's logging, from {@link #start} to {@link #close}.
 *
 * <p>Levels: ERROR and WARN as they say; INFO for what keepalived always logs; DEBUG for what it
 * logs with {@code -D}; TRACE for debug topics, off until one asks for a logger's.
 */
public final class Logging implements AutoCloseable {

  /** Enough for the transitions of 10,000 instances at once. */
  private static final int QUEUED_LINES = 16_384;

  private static final long END_NANOS = 1_000_000_000L;
  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private final List<LineQueue> queues;
  private final QueueingAppender appender;
  private final Optional<FileSink> file;

  private Logging(List<LineQueue> queues, Optional<FileSink> file) {
    this.queues = List.copyOf(queues);
    this.appender = new QueueingAppender(queues);
    this.file = file;
  }

  /**
   * Sends everything that is logged from now on where the options say.
   *
   * @param environment the process's, for {@code JOURNAL_STREAM}
   */
  public static Logging start(LogOptions options, Map<String, String> environment) {
    List<LineSink> sinks = new ArrayList<>();
    boolean journal = SystemdJournal.isConnected(environment, STANDARD_ERROR, STANDARD_OUTPUT);
    if (options.syslog()) {
      localLog(options.facility(), journal).ifPresent(sinks::add);
    }
    // under systemd -l says nothing that the journal has not got already
    if (options.console() && !(journal && options.syslog())) {
      OutputStream stream = new FileOutputStream(FileDescriptor.err);
      sinks.add(new StreamSink(stream, ZoneId.systemDefault(), journal));
    }
    Optional<FileSink> file =
        options
            .file()
            .map(path -> new FileSink(path, options.flushEachLine(), ZoneId.systemDefault()));
    file.ifPresent(sinks::add);
    Logging logging =
        new Logging(sinks.stream().map(sink -> new LineQueue(sink, QUEUED_LINES)).toList(), file);
    logging.queues.forEach(LineQueue::start);
    logging.attach(options.detailed());
    return logging;
  }

  private static Optional<LineSink> localLog(Facility facility, boolean journal) {
    long processId = ProcessHandle.current().pid();
    boolean entries = journal && Files.exists(Path.of(JournalSink.SOCKET));
    String device = entries ? JournalSink.SOCKET : SyslogSink.DEVICE;
    try {
      UnixDatagramSocket socket = UnixDatagramSocket.to(device);
      return Optional.of(
          entries
              ? new JournalSink(socket, facility, processId)
              : new SyslogSink(socket, facility, ZoneId.systemDefault(), processId));
    } catch (SystemCallException | UnsatisfiedLinkError refused) {
      System.err.println("Not logging to " + device + ": " + refused.getMessage());
      return Optional.empty();
    }
  }

  private void attach(boolean detailed) {
    Logger root = rootLogger();
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.detachAndStopAllAppenders();
    root.addAppender(appender);
    root.setLevel(detailed ? Level.DEBUG : Level.INFO);
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

  /** Opens the files of {@code -g} again: at a reload, after they were rotated away. */
  public void reopenFiles() {
    file.ifPresent(FileSink::reopen);
  }

  /** Writes what is still queued, for at most a second; then lines go to standard error. */
  @Override
  public void close() {
    StandardErrorConfigurator.attach(rootLogger());
    queues.forEach(LineQueue::close);
    long deadlineNanos = System.nanoTime() + END_NANOS;
    for (LineQueue queue : queues) {
      queue.awaitEnd(deadlineNanos - System.nanoTime());
    }
  }
}
