package org.jkeepalived.linux.process;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Another process for {@link PidFileTest}: takes a pid file, says so, holds it until told to go.
 */
final class PidFileHolder {

  private PidFileHolder() {}

  public static void main(String[] arguments) throws IOException {
    PidFile file = PidFile.take(Path.of(arguments[0]), ProcessHandle.current().pid()).orElseThrow();
    System.out.println("taken");
    System.in.read();
    file.close();
  }
}
