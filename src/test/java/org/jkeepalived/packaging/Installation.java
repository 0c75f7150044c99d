package org.jkeepalived.packaging;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** An installed program in a directory of a test: the real launcher, this build's classes. */
final class Installation {

  private static final long DEADLINE_SECONDS = 60;

  /** Those of the class path that the program needs as far as tests of its launcher go. */
  private static final String LIBRARIES = "(logback|slf4j|jffi|jnr|asm|picocli)-.*\\.jar";

  private final Path launcher;
  private final Path directory;

  private Installation(Path directory, Path launcher) {
    this.directory = directory;
    this.launcher = launcher;
  }

  /** Installs into {@code bin} and {@code share/jkeepalived} of a directory. */
  static Installation in(Path directory) throws IOException {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Path share = Files.createDirectories(directory.resolve("share/jkeepalived"));
    Path libraries = Files.createDirectories(share.resolve("lib"));
    Path classes = Path.of("target/classes").toAbsolutePath();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry).toAbsolutePath();
      if (path.getFileName().toString().matches(LIBRARIES)) {
        Files.copy(path, libraries.resolve(path.getFileName()));
      } else if (path.endsWith("target/classes")) {
        classes = path;
      }
    }
    jar(classes, share.resolve("jkeepalived.jar")); // after the libraries: its manifest names them
    Path launcher = Files.copy(Path.of("packaging/bin/jkeepalived"), bin.resolve("jkeepalived"));
    launcher.toFile().setExecutable(true);
    return new Installation(directory, launcher);
  }

  /** The same with another body for {@code Main.main(String[] arguments)}. */
  static Installation withMain(Path directory, String body) throws IOException {
    Installation installation = in(directory);
    Path source =
        Files.createDirectories(directory.resolve("source/org/jkeepalived")).resolve("Main.java");
    Files.writeString(
        source,
        """
        package org.jkeepalived;

        public final class Main {
          public static void main(String[] arguments) throws Exception {
            %s
          }
        }
        """
            .formatted(body));
    Path classes = Files.createDirectories(directory.resolve("classes"));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                source.toString());
    if (result != 0) {
      throw new IOException("the stub of Main does not compile");
    }
    // the rest of the program comes second
    Path share = directory.resolve("share/jkeepalived");
    Files.move(share.resolve("jkeepalived.jar"), share.resolve("lib/0-program.jar"));
    jar(classes, share.resolve("jkeepalived.jar"));
    return installation;
  }

  private static void jar(Path classes, Path jar) throws IOException {
    // As the build does it: the manifest names the libraries, here with "0-program" before others.
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, libraries(jar.getParent()));
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream output = new JarOutputStream(file, manifest);
        Stream<Path> paths = Files.walk(classes)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        output.putNextEntry(new JarEntry(classes.relativize(path).toString()));
        Files.copy(path, output);
      }
    }
  }

  private static String libraries(Path share) throws IOException {
    try (Stream<Path> jars = Files.list(share.resolve("lib"))) {
      return jars.map(jar -> "lib/" + jar.getFileName()).sorted().collect(Collectors.joining(" "));
    }
  }

  Path directory() {
    return directory;
  }

  /** A process of the launcher, still to be started, in the installation's directory. */
  ProcessBuilder process(String... arguments) {
    return process(launcher, arguments);
  }

  private ProcessBuilder process(Path program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(command).directory(directory.toFile());
    process.environment().keySet().removeIf(name -> name.startsWith("JKEEPALIVED_"));
    return process;
  }

  /** Runs the launcher to its end. */
  Result run(String... arguments) throws IOException {
    return run(process(arguments));
  }

  /** Runs another program with the same arguments in the same directory. */
  Result runOther(Path program, String... arguments) throws IOException {
    return run(process(program, arguments));
  }

  /** Runs a process until it ends <em>and</em> nobody has its output open any more. */
  Result run(ProcessBuilder builder) throws IOException {
    Path out = Files.createTempFile(directory, "out", "");
    Process process = builder.redirectOutput(out.toFile()).start();
    process.getOutputStream().close();
    String err = new String(process.getErrorStream().readAllBytes());
    try {
      if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("still running: " + builder.command());
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(stop));
    }
    return new Result(process.exitValue(), Files.readString(out), err);
  }

  /** What a process left. */
  record Result(int exitCode, String out, String err) {}
}
