package org.jkeepalived.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Which daemon runs on a node. */
enum DaemonKind {
  KEEPALIVED("keepalived"),
  JKEEPALIVED(
      Optional.ofNullable(System.getenv("LAB_JKEEPALIVED")).orElse(Checkout.LAUNCHER.toString()));

  private final String program;

  DaemonKind(String program) {
    this.program = program;
  }

  String program() {
    return program;
  }

  /** Whether there is anything to start; a daemon that is there and fails is a failure. */
  boolean isPresent() {
    return this == KEEPALIVED || Files.isExecutable(Path.of(program));
  }

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
