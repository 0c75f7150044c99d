package org.jkeepalived.cli;

import static org.jkeepalived.cli.Option.Value.NONE;
import static org.jkeepalived.cli.Option.Value.OPTIONAL;
import static org.jkeepalived.cli.Option.Value.REQUIRED;

import java.util.Optional;

/** Every option of keepalived(8), and our own. */
enum Option {
  USE_FILE('f', "use-file", REQUIRED),
  VRRP('P', "vrrp", NONE),
  CHECK('C', "check", NONE),
  NO_BFD('B', "no_bfd", NONE),
  ALL("all", NONE, "what has no configuration has nothing to do"),
  LOG_CONSOLE('l', "log-console", NONE),
  LOG_DETAIL('D', "log-detail", NONE),
  LOG_FACILITY('S', "log-facility", REQUIRED),
  /** COMPAT: a build without log files accepts {@code -g} without a value: it is optional. */
  LOG_FILE('g', "log-file", OPTIONAL),
  FLUSH_LOG_FILE("flush-log-file", NONE),
  NO_SYSLOG('G', "no-syslog", NONE),
  UMASK('u', "umask", REQUIRED),
  RELEASE_VIPS('X', "release-vips", NONE, "addresses always leave with the state"),
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
  BFD_PID('b', "bfd_pid", REQUIRED, "BFD is not yet supported"),
  SNMP('x', "snmp", NONE, "SNMP is not yet supported"),
  SNMP_AGENT_SOCKET('A', "snmp-agent-socket", REQUIRED, "SNMP is not yet supported"),
  NAMESPACE('s', "namespace", REQUIRED),
  CORE_DUMP('m', "core-dump", NONE),
  CORE_DUMP_PATTERN('M', "core-dump-pattern", OPTIONAL),
  ALL_CONFIG('e', "all-config", NONE),
  CONFIG_ID('i', "config-id", REQUIRED),
  SIGNUM("signum", REQUIRED),
  CONFIG_TEST('t', "config-test", OPTIONAL),
  PERF("perf", OPTIONAL, "record with the Java VM's flight recorder instead"),
  DEBUG("debug", OPTIONAL, "there are no debug topics; -D logs details"),
  /** Ours. */
  RELEASE("release", NONE),
  NO_MEM_CHECK("no-mem-check", NONE, "memory is the Java VM's concern"),
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
  private final Optional<String> withoutEffect;

  Option(String longName, Value value) {
    this(NO_LETTER, longName, value, Optional.empty());
  }

  Option(String longName, Value value, String withoutEffect) {
    this(NO_LETTER, longName, value, Optional.of(withoutEffect));
  }

  Option(char letter, String longName, Value value) {
    this(letter, longName, value, Optional.empty());
  }

  Option(char letter, String longName, Value value, String withoutEffect) {
    this(letter, longName, value, Optional.of(withoutEffect));
  }

  Option(char letter, String longName, Value value, Optional<String> withoutEffect) {
    this.letter = letter;
    this.longName = longName;
    this.value = value;
    this.withoutEffect = withoutEffect;
  }

  boolean hasLetter(char other) {
    return letter == other && letter != NO_LETTER;
  }

  /** Keepalived does not know it. What abbreviates keepalived's options does not mean ours. */
  boolean isOurs() {
    return this == RELEASE;
  }

  String longName() {
    return longName;
  }

  Value value() {
    return value;
  }

  /** How it is written: {@code -X, --release-vips} or {@code --debug}. */
  String spelling() {
    return (letter == NO_LETTER ? "" : "-" + letter + ", ") + "--" + longName;
  }

  /** Why it is accepted and does nothing; empty if it does something. */
  Optional<String> withoutEffect() {
    return withoutEffect;
  }
}
