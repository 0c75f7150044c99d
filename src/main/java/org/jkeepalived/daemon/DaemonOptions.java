package org.jkeepalived.daemon;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.log.LogOptions;

/**
 * What the command line asks of the daemon, for its whole life.
 *
 * @param arguments the command line, as it was given
 * @param configuration which configuration, and how it is read
 * @param subsystems which parts run
 * @param process the process's own surroundings
 * @param log where log lines go
 * @param observation what looks into the daemon from outside
 */
public record DaemonOptions(
    List<String> arguments,
    Configuration configuration,
    Subsystems subsystems,
    Process process,
    LogOptions log,
    Observation observation) {

  public DaemonOptions {
    arguments = List.copyOf(arguments);
    Objects.requireNonNull(configuration);
    Objects.requireNonNull(subsystems);
    Objects.requireNonNull(process);
    Objects.requireNonNull(log);
    Objects.requireNonNull(observation);
  }

  /**
   * Which configuration, and how it is read.
   *
   * @param file {@code -f}, as it was given: messages quote it so
   * @param path the same file, absolute: the daemon may change its working directory
   * @param identity {@code -i}: what {@code @} conditions compare with; empty for the host's name
   * @param everyFileRequired {@code -e}: an included file that is missing is an error
   * @param dump {@code -d}: log the configuration once it is read
   * @param settingsBeside the file beside which settings of our own are: the same, but where
   *     another file is only looked at
   */
  public record Configuration(
      String file,
      Path path,
      Optional<String> identity,
      boolean everyFileRequired,
      boolean dump,
      String settingsBeside) {

    /** One with its settings beside it. */
    public Configuration(
        String file,
        Path path,
        Optional<String> identity,
        boolean everyFileRequired,
        boolean dump) {
      this(file, path, identity, everyFileRequired, dump, file);
    }

    public Configuration {
      Objects.requireNonNull(settingsBeside);
      Objects.requireNonNull(file);
      Objects.requireNonNull(identity);
      if (!path.isAbsolute()) {
        throw new IllegalArgumentException("not absolute: " + path);
      }
    }
  }

  /**
   * The same with another file.
   *
   * @param path absolute
   */
  DaemonOptions withFile(Path path) {
    Configuration other =
        new Configuration(
            path.toString(),
            path,
            configuration.identity(),
            configuration.everyFileRequired(),
            configuration.dump(),
            configuration.settingsBeside());
    return new DaemonOptions(arguments, other, subsystems, process, log, observation);
  }

  /**
   * Which parts may run. COMPAT: {@code --all} wins over {@code -P}, {@code -C} and {@code -B}.
   *
   * @param vrrp not switched off by {@code -C} alone
   * @param checkers not switched off by {@code -P} alone
   * @param bfd not switched off by {@code -B}, or by {@code -P} or {@code -C}
   * @param evenIfUnconfigured {@code --all}: start those for which the file says nothing, too
   */
  public record Subsystems(
      boolean vrrp, boolean checkers, boolean bfd, boolean evenIfUnconfigured) {}

  /**
   * The process's own surroundings.
   *
   * @param foreground {@code -n}
   * @param pidFiles {@code -p -r -c -b}
   * @param networkNamespace {@code -s}: overrides the configuration's
   * @param umask {@code -u}, from 0 to 0777; empty to keep the inherited one
   * @param coreDump {@code -m} or {@code -M}: how the process may leave a core file
   * @param stop what is left behind at the end
   */
  public record Process(
      boolean foreground,
      PidFiles pidFiles,
      Optional<String> networkNamespace,
      OptionalInt umask,
      CoreDump coreDump,
      Stop stop) {
    public Process {
      Objects.requireNonNull(pidFiles);
      Objects.requireNonNull(networkNamespace);
      Objects.requireNonNull(umask);
      Objects.requireNonNull(coreDump);
      Objects.requireNonNull(stop);
    }
  }

  /** Pid files named on the command line, absolute; empty where the default applies. */
  public record PidFiles(
      Optional<Path> parent, Optional<Path> vrrp, Optional<Path> checkers, Optional<Path> bfd) {
    public PidFiles {
      Objects.requireNonNull(parent);
      Objects.requireNonNull(vrrp);
      Objects.requireNonNull(checkers);
      Objects.requireNonNull(bfd);
    }
  }

  /**
   * Core files.
   *
   * @param allowed lift the limit on their size
   * @param pattern what to write to {@code /proc/sys/kernel/core_pattern}; empty to leave it
   */
  public record CoreDump(boolean allowed, Optional<String> pattern) {
    public CoreDump {
      Objects.requireNonNull(pattern);
    }
  }

  /**
   * What happens at a stop and at a failure.
   *
   * @param keepAddresses {@code -V}: leave virtual addresses and routes in place
   * @param keepVirtualServers {@code -I}: leave the IPVS table in place
   * @param dropAddressesOnSignal {@code -X}
   * @param respawn false with {@code -R}: a part that fails ends the daemon
   */
  public record Stop(
      boolean keepAddresses,
      boolean keepVirtualServers,
      boolean dropAddressesOnSignal,
      boolean respawn) {}

  /**
   * What looks into the daemon from outside.
   *
   * @param addresses {@code -a}: log every address that comes or goes
   * @param snmp {@code -x}
   * @param snmpAgentSocket {@code -A}
   * @param performance {@code --perf}: {@code all}, {@code run} or {@code end}
   * @param debugTopics {@code --debug}: letters as keepalived(8) lists them; all if they are empty
   */
  public record Observation(
      boolean addresses,
      boolean snmp,
      Optional<String> snmpAgentSocket,
      Optional<String> performance,
      Optional<String> debugTopics) {
    public Observation {
      Objects.requireNonNull(snmpAgentSocket);
      Objects.requireNonNull(performance);
      Objects.requireNonNull(debugTopics);
    }
  }
}
