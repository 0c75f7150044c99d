package org.jkeepalived.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jkeepalived.control.ControlSignal;
import org.jkeepalived.daemon.DaemonOptions;
import org.jkeepalived.log.Facility;
import org.jkeepalived.log.LogOptions;
import org.jkeepalived.model.CNumber;

/** Reads a command line into a {@link Request}, complaining in keepalived's words. */
final class OptionReader {

  static final String DEFAULT_FILE = "/etc/keepalived/keepalived.conf";
  static final String DEFAULT_LOG_FILE = "/tmp/keepalived.log";
  static final String DEFAULT_CORE_PATTERN = "core";

  private static final int MAXIMUM_UMASK = 0777;

  private static final Set<Option> FILES =
      Collections.unmodifiableSet(
          EnumSet.of(
              Option.USE_FILE,
              Option.LOG_FILE,
              Option.PID,
              Option.VRRP_PID,
              Option.CHECKERS_PID,
              Option.BFD_PID,
              Option.CONFIG_TEST));

  private final List<String> arguments;
  private final Set<Option> given = EnumSet.noneOf(Option.class);
  private final Map<Option, String> values = new EnumMap<>(Option.class);
  private final List<String> complaints = new ArrayList<>();
  private final List<String> operands = new ArrayList<>();
  private boolean rejected;
  private Facility facility = Facility.DAEMON;
  private OptionalInt umask = OptionalInt.empty();

  private OptionReader(List<String> arguments) {
    this.arguments = List.copyOf(arguments);
  }

  /** Reads the arguments that follow the program's name. */
  static Request read(List<String> arguments) {
    return new OptionReader(arguments).read();
  }

  private Request read() {
    for (Word word : OptionScanner.scan(arguments)) {
      Optional<Request> decided = read(word);
      if (decided.isPresent()) {
        return decided.get();
      }
    }
    takeLogFileFromOperands();
    values.forEach(this::checkFileName);
    for (String operand : operands) {
      Optional<String> misplaced = CommandNames.misplaced(operand);
      if (misplaced.isPresent()) {
        complaints.add(misplaced.get());
        return new Request.Misplaced(List.copyOf(complaints));
      }
    }
    if (!operands.isEmpty()) {
      complaints.add("Unexpected argument(s): " + String.join(" ", operands) + " ");
    }
    if (rejected) {
      return new Request.Rejected(List.copyOf(complaints));
    }
    if (given.contains(Option.CONFIG_TEST)) {
      return new Request.Test(List.copyOf(complaints), options(), value(Option.CONFIG_TEST));
    }
    if (given.contains(Option.RELEASE)) {
      return new Request.Release(List.copyOf(complaints), options());
    }
    given.forEach(this::tellIfWithoutEffect);
    return new Request.Run(List.copyOf(complaints), options());
  }

  /** Who asks for something that a daemon will not do learns of it once, at its start. */
  private void tellIfWithoutEffect(Option option) {
    option
        .withoutEffect()
        .ifPresent(why -> complaints.add(option.spelling() + " has no effect: " + why));
  }

  /** A locale that is not UTF-8 leaves names which Java cannot open. */
  private void checkFileName(Option option, String value) {
    if (FILES.contains(option)) {
      try {
        Path.of(value);
      } catch (InvalidPathException unusable) {
        reject("Not a file name in this locale: --" + option.longName() + "=" + value);
      }
    }
  }

  /** The manual page has {@code -g FILE}, getopt only {@code -gFILE}: accept both. */
  private void takeLogFileFromOperands() {
    if (given.contains(Option.LOG_FILE)
        && !values.containsKey(Option.LOG_FILE)
        && operands.size() == 1) {
      values.put(Option.LOG_FILE, operands.remove(0));
    }
  }

  /** Returns a request if the word decides at once what is asked for. */
  private Optional<Request> read(Word word) {
    if (word instanceof Word.Operand operand) {
      operands.add(operand.text());
    } else if (word instanceof Word.Unknown unknown) {
      reject("Unknown option " + unknown.spelling());
    } else if (word instanceof Word.MissingValue missing) {
      reject("Missing parameter for option " + missing.spelling());
    } else if (word instanceof Word.Given option) {
      return read(option);
    }
    return Optional.empty();
  }

  private void reject(String complaint) {
    complaints.add(complaint);
    rejected = true;
  }

  private Optional<Request> read(Word.Given word) {
    Option option = word.option();
    if (word.value().isPresent() && word.value().get().isEmpty()) {
      if (option.value() == Option.Value.REQUIRED) {
        reject("Missing parameter for option " + word.spelling());
        return Optional.empty();
      }
    } else {
      word.value().ifPresent(value -> values.put(option, value));
    }
    given.add(option);
    return switch (option) {
      case VERSION -> Optional.of(new Request.Version(List.copyOf(complaints)));
      case HELP -> Optional.of(new Request.Help(List.copyOf(complaints)));
      case GENHASH -> Optional.of(new Request.Genhash(List.copyOf(complaints)));
      case SIGNUM -> Optional.of(signalNumber(values.get(option)));
      default -> {
        readValue(option);
        yield Optional.empty();
      }
    };
  }

  private Request signalNumber(String name) {
    Optional<ControlSignal> signal = ControlSignal.named(name);
    if (signal.isPresent()) {
      return new Request.SignalNumber(List.copyOf(complaints), signal.get().number());
    }
    complaints.add("Unknown sigfunc " + name);
    return new Request.Rejected(List.copyOf(complaints));
  }

  /** COMPAT: a bad facility or umask is complained about, and the default kept. */
  private void readValue(Option option) {
    if (option == Option.LOG_FACILITY) {
      Optional<Facility> named = Facility.parse(values.get(option));
      if (named.isEmpty()) {
        complaints.add("Invalid log facility '" + values.get(option) + "'");
      }
      facility = named.orElse(facility);
    } else if (option == Option.UMASK) {
      Optional<Long> mask =
          CNumber.whole(values.get(option).strip())
              .filter(number -> number >= 0 && number <= MAXIMUM_UMASK);
      if (mask.isPresent()) {
        umask = OptionalInt.of(mask.get().intValue());
      } else {
        complaints.add("Invalid --umask option " + values.get(option));
      }
    }
  }

  private DaemonOptions options() {
    return new DaemonOptions(
        arguments, configuration(), subsystems(), process(), log(), observation());
  }

  private DaemonOptions.Configuration configuration() {
    String file = value(Option.USE_FILE).orElse(DEFAULT_FILE);
    return new DaemonOptions.Configuration(
        file,
        Path.of(file).toAbsolutePath(),
        value(Option.CONFIG_ID),
        given.contains(Option.ALL_CONFIG),
        given.contains(Option.DUMP_CONF));
  }

  private DaemonOptions.Subsystems subsystems() {
    boolean all = given.contains(Option.ALL);
    boolean onlyVrrp = given.contains(Option.VRRP);
    boolean onlyCheckers = given.contains(Option.CHECK);
    boolean chosen = onlyVrrp || onlyCheckers;
    return new DaemonOptions.Subsystems(
        all || onlyVrrp || !chosen,
        all || onlyCheckers || !chosen,
        all || (!chosen && !given.contains(Option.NO_BFD)),
        all);
  }

  private DaemonOptions.Process process() {
    DaemonOptions.PidFiles pidFiles =
        new DaemonOptions.PidFiles(
            path(Option.PID),
            path(Option.VRRP_PID),
            path(Option.CHECKERS_PID),
            path(Option.BFD_PID));
    DaemonOptions.Stop stop =
        new DaemonOptions.Stop(
            given.contains(Option.DONT_RELEASE_VRRP),
            given.contains(Option.DONT_RELEASE_IPVS),
            given.contains(Option.RELEASE_VIPS),
            !given.contains(Option.DONT_RESPAWN));
    return new DaemonOptions.Process(
        given.contains(Option.DONT_FORK), pidFiles, value(Option.NAMESPACE), umask, core(), stop);
  }

  private DaemonOptions.CoreDump core() {
    boolean pattern = given.contains(Option.CORE_DUMP_PATTERN);
    return new DaemonOptions.CoreDump(
        pattern || given.contains(Option.CORE_DUMP),
        optional(Option.CORE_DUMP_PATTERN, DEFAULT_CORE_PATTERN));
  }

  private LogOptions log() {
    return new LogOptions(
        given.contains(Option.LOG_CONSOLE),
        given.contains(Option.LOG_DETAIL),
        !given.contains(Option.NO_SYSLOG),
        facility,
        optional(Option.LOG_FILE, DEFAULT_LOG_FILE).map(OptionReader::absolute),
        given.contains(Option.FLUSH_LOG_FILE));
  }

  private DaemonOptions.Observation observation() {
    return new DaemonOptions.Observation(
        given.contains(Option.ADDRESS_MONITORING),
        given.contains(Option.SNMP),
        value(Option.SNMP_AGENT_SOCKET),
        optional(Option.PERF, "all"),
        optional(Option.DEBUG, ""));
  }

  private Optional<String> value(Option option) {
    return Optional.ofNullable(values.get(option));
  }

  /** The value of an option that stands for a default one when it is given without. */
  private Optional<String> optional(Option option, String otherwise) {
    return given.contains(option)
        ? Optional.of(values.getOrDefault(option, otherwise))
        : Optional.empty();
  }

  private Optional<Path> path(Option option) {
    return value(option).map(OptionReader::absolute);
  }

  private static Path absolute(String file) {
    return Path.of(file).toAbsolutePath();
  }
}
