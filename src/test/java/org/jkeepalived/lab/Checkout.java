package org.jkeepalived.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where things are in this checkout. */
final class Checkout {

  /** Maven runs tests in the project's directory. */
  static final Path ROOT = Path.of("").toAbsolutePath();

  static final Path LAUNCHER = ROOT.resolve("packaging/bin/jkeepalived");

  static final Path SCENARIOS = ROOT.resolve("conf/scenarios");

  private Checkout() {}

  /** A configuration as operators publish it. */
  static String scenario(String name) {
    try {
      return Files.readString(SCENARIOS.resolve(name + ".conf"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
