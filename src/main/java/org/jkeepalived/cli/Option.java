package org.jkeepalived.cli;

import static org.jkeepalived.cli.Option.Value.NONE;
import static org.jkeepalived.cli.Option.Value.OPTIONAL;
import static org.jkeepalived.cli.Option.Value.REQUIRED;

/** Every option of keepalived(8). */
enum Option {
  USE_FILE('f', "use-file", REQUIRED),
  VRRP('P', "vrrp", NONE),
  CHECK('C', "check", NONE),
  NO_BFD('B', "no_bfd", NONE),
  ALL("all", NONE),
  LOG_CONSOLE('l', "log-console", NONE),
  LOG_DETAIL('D', "log-detail", NONE),
  LOG_FACILITY('S', "log-facility", REQUIRED),
  /** COMPAT: a build without log files accepts {@code -g} without a value: it is optional. */
  LOG_FILE('g', "log-file", OPTIONAL),
  FLUSH_LOG_FILE("flush-log-file", NONE),
  NO_SYSLOG('G', "no-syslog", NONE),
  UMASK('u', "umask", REQUIRED),
  RELEASE_VIPS('X', "release-vips", NONE),
  DONT_RELEASE_VRRP('V', "dont-release-vrrp", NONE),
  DONT_RELEASE_IPVS('I', "dont-release-ipvs", NONE),
  DONT_RESPAWN('R', "dont-respawn", NONE),
  DONT_FORK('n', "dont-fork", NONE),
  DUMP_CONF('d', "dump-conf", NONE),
  PID('p', "pid", REQUIRED),
  VRRP_PID('r', "vrrp_pid", REQUIRED),
  GENHASH('T', "genhash", NONE),
  CHECKERS_PID('c', "checkers_pid", REQUIRED),
  ADDRESS_MONITORING('a', "address-monitoring", NONE),
  BFD_PID('b', "bfd_pid", REQUIRED),
  SNMP('x', "snmp", NONE),
  SNMP_AGENT_SOCKET('A', "snmp-agent-socket", REQUIRED),
  NAMESPACE('s', "namespace", REQUIRED),
  CORE_DUMP('m', "core-dump", NONE),
  CORE_DUMP_PATTERN('M', "core-dump-pattern", OPTIONAL),
  ALL_CONFIG('e', "all-config", NONE),
  CONFIG_ID('i', "config-id", REQUIRED),
  SIGNUM("signum", REQUIRED),
  CONFIG_TEST('t', "config-test", OPTIONAL),
  PERF("perf", OPTIONAL),
  DEBUG("debug", OPTIONAL),
  NO_MEM_CHECK("no-mem-check", NONE),
  VERSION('v', "version", NONE),
  HELP('h', "help", NONE);

  /** Whether an option has a value; an optional one only ever stands in the same word. */
  enum Value {
    NONE,
    REQUIRED,
    OPTIONAL
  }

  private static final char NO_LETTER = 0;

  private final char letter;
  private final String longName;
  private final Value value;

  Option(String longName, Value value) {
    this(NO_LETTER, longName, value);
  }

  Option(char letter, String longName, Value value) {
    this.letter = letter;
    this.longName = longName;
    this.value = value;
  }

  boolean hasLetter(char other) {
    return letter == other && letter != NO_LETTER;
  }

  String longName() {
    return longName;
  }

  Value value() {
    return value;
  }
}
