package org.jkeepalived.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jkeepalived.config.LoadedConfiguration;
import org.jkeepalived.config.PlainRenderer;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.linux.file.RegularFile;
import org.jkeepalived.linux.process.OwnProcess;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.Reloading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration, with the files that tell others of it: {@code reload_file}, {@code
 * config_save_dir} and the log of {@code reload_check_config}. On whatever thread reads: a disk may
 * hang.
 */
final class AttendedReading implements ConfigurationSource {

  private static final Logger LOG = LoggerFactory.getLogger(AttendedReading.class);

  private static final String MARK = "keepalived.reload";

  private final ConfigurationSource source;
  private final Supplier<Optional<Configuration>> inForce;
  private int readings;

  /**
   * @param source reads
   * @param inForce the configuration that is in force; empty before there is one
   */
  AttendedReading(ConfigurationSource source, Supplier<Optional<Configuration>> inForce) {
    this.source = source;
    this.inForce = inForce;
  }

  /** Reads, and no file tells others of it. */
  ConfigurationSource unattended() {
    return source;
  }

  @Override
  public LoadedConfiguration read(DaemonOptions options) {
    Optional<Configuration> before = inForce.get();
    Set<Path> marks = new LinkedHashSet<>();
    before.flatMap(one -> mark(one, options)).ifPresent(marks::add);
    marks.forEach(mark -> attempt(() -> RegularFile.write(mark, ""), mark));
    LoadedConfiguration loaded = source.read(options);
    // whoever waits for the end of a reading is told at the start, too
    mark(loaded.configuration(), options).ifPresent(marks::add);
    marks.forEach(mark -> attempt(() -> RegularFile.remove(mark), mark));
    reloading(loaded.configuration())
        .saveDirectory()
        .ifPresent(directory -> save(Path.of(directory), loaded));
    before
        .map(AttendedReading::reloading)
        .filter(Reloading::checked)
        .flatMap(Reloading::checkLog)
        .ifPresent(log -> tell(Path.of(log), loaded));
    return loaded;
  }

  private static Reloading reloading(Configuration configuration) {
    return configuration.globals().reloading();
  }

  /** COMPAT: where the pid files are that nothing else is said about. */
  private static Optional<Path> mark(Configuration configuration, DaemonOptions options) {
    return reloading(configuration)
        .mark()
        .map(
            mark ->
                mark.path()
                    .map(Path::of)
                    .orElseGet(
                        () ->
                            ProcessIdentity.of(options.process(), configuration.globals())
                                .pidFileNames()
                                .parent()
                                .resolveSibling(MARK)));
  }

  private void save(Path directory, LoadedConfiguration loaded) {
    String name = "keepalived.conf." + OwnProcess.id() + "." + readings++;
    // a piece at a time: all together would be as much again as was read
    Iterable<String> text =
        () ->
            loaded.sources().stream()
                .flatMap(each -> Stream.of("# " + each.name() + "\n", each.text(), "\n"))
                .iterator();
    attempt(
        () -> {
          if (Files.notExists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(directory);
            // whatever the umask is
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
          }
          RegularFile.write(directory.resolve(name), text);
        },
        directory);
  }

  private static void tell(Path log, LoadedConfiguration loaded) {
    String lines =
        loaded.diagnostics().stream()
            .map(each -> PlainRenderer.render(each) + "\n")
            .collect(Collectors.joining());
    attempt(() -> RegularFile.write(log, lines), log);
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void attempt(Step step, Path path) {
    try {
      step.run();
    } catch (IOException e) {
      LOG.warn("Cannot write {}", FileError.text(e, path));
    }
  }
}
