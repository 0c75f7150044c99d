package org.jkeepalived.config;

import java.io.PrintStream;
import org.jkeepalived.config.syntax.Diagnostic;

/** {@code -t}: reads a configuration, tells what is wrong with it, changes nothing. */
public final class ConfigurationCheck {

  private ConfigurationCheck() {}

  /**
   * Checks a file.
   *
   * @param path the main file, as the operator named it
   * @param reader with the options of {@link HostFacts#forTest}
   * @param out where to tell it
   * @param terminal whether a person reads it: the lines and hints are shown, too
   * @param colour whether the person's terminal is to be coloured
   * @return the process's exit status, one of {@link ExitStatus}'s numbers
   */
  public static int run(
      String path, ConfigurationReader reader, PrintStream out, boolean terminal, boolean colour) {
    LoadedConfiguration loaded = reader.read(path);
    if (terminal) {
      out.print(new TerminalRenderer(colour).render(loaded.diagnostics()));
    } else {
      for (Diagnostic diagnostic : loaded.diagnostics()) {
        out.println(PlainRenderer.render(diagnostic));
      }
    }
    out.flush();
    return loaded.exitStatus().code();
  }
}
