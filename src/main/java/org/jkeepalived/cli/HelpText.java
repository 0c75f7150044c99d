package org.jkeepalived.cli;

/** What {@code -h} prints: keepalived's own list, with what this program adds or lacks. */
final class HelpText {

  static final String OPTIONS =
      """
      Usage: jkeepalived [OPTION...]
         or: jkeepalived explain KEYWORD... (what is to be written in keepalived.conf)
         or: jkeepalived genhash [OPTION...] (the digest of a web page; -h tells its options)
         or: jkeepalived status|plan|reload|maintenance|server|log-level (ask the daemon; -h tells more)
         or: jkeepalived config show (the configuration as it is understood)
        -f, --use-file=FILE          Use the specified configuration file
                                      default '/etc/keepalived/keepalived.conf'
        -P, --vrrp                   Only run with VRRP subsystem
        -C, --check                  Only run with Health-checker subsystem
        -B, --no_bfd                 Don't run BFD subsystem
            --all                    Force all subsystems to run, even if they have no configuration
                                      (no effect: there would be nothing to do)
        -l, --log-console            Log messages to local console
        -D, --log-detail             Detailed log messages
        -S, --log-facility=([0-7]|local[0-7]|user|daemon)
                                     Set syslog facility to LOG_LOCAL[0-7], user or daemon (default)
        -g, --log-file=FILE          Also log to FILE (default /tmp/keepalived.log)
            --flush-log-file         Flush log file on write
        -G, --no-syslog              Don't log via syslog
        -u, --umask=MASK             umask for file creation (in numeric form)
        -X, --release-vips           Drop VIP on transition from signal (no effect: always done)
        -V, --dont-release-vrrp      Don't remove VRRP VIPs and VROUTEs on daemon stop
        -I, --dont-release-ipvs      Don't remove IPVS topology on daemon stop
            --release                Remove from the kernel what a killed daemon has left there, and exit
        -R, --dont-respawn           Don't start a killed daemon again, only release what it left
        -n, --dont-fork              Don't fork the daemon process
        -d, --dump-conf              Dump the configuration data
        -p, --pid=FILE               Use specified pidfile for parent process
        -r, --vrrp_pid=FILE          Use specified pidfile for VRRP subsystem
        -T, --genhash                Enter into genhash utility mode
        -c, --checkers_pid=FILE      Use specified pidfile for checkers subsystem
        -a, --address-monitoring     Report all address additions/deletions notified via netlink
        -b, --bfd_pid=FILE           Use specified pidfile for BFD subsystem (not yet supported)
        -x, --snmp                   Enable SNMP subsystem (not yet supported)
        -A, --snmp-agent-socket=FILE Use the specified socket for master agent (not yet supported)
        -s, --namespace=NAME         Run in network namespace NAME (overrides config)
        -m, --core-dump              Produce core dump if terminate abnormally
        -M, --core-dump-pattern=PATN Also set /proc/sys/kernel/core_pattern to PATN (default 'core')
        -e, --all-config             Error if any configuration file missing (same as includet)
        -i, --config-id id           Skip any configuration lines beginning '@' that don't match id
                                      or any lines beginning @^ that do match.
                                      The config-id defaults to the node name if option not used
            --signum=SIGFUNC         Return signal number for STOP, RELOAD, DATA, STATS, STATS_CLEAR,
                                      JSON, TDATA
        -t, --config-test[=LOG_FILE] Check the configuration for obvious errors, output to
                                      stderr by default
            --perf[={all|run|end}]   No effect: the JVM's own recorder does this
            --debug[=OPTIONS]        No effect: there are no debug topics
            --no-mem-check           No effect: memory is the JVM's concern
        -v, --version                Display the version number
        -h, --help                   Display this help message
      """;

  private HelpText() {}
}
