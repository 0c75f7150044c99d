package org.jkeepalived.daemon;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.ExitStatus;
import org.jkeepalived.host.LeftBehind;
import org.jkeepalived.host.kernel.JournalPath;
import org.jkeepalived.host.kernel.Released;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Remedy;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.linux.process.OwnProcess;
import org.jkeepalived.linux.process.PidFile;

/**
 * {@code --release}: for a machine whose daemon was killed and is not to start again. Removes from
 * the kernel exactly what that daemon has written down, and nothing while a daemon runs that has
 * the same pid file.
 */
public final class Release {

  private final DaemonOptions options;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param options whose journals: {@code -p} or {@code -s}, and what the file says of them; {@code
   *     -V}, {@code -I}, {@code -P} and {@code -C} leave there what they leave at a stop
   * @param out hears what was removed, a line each
   * @param err hears what could not be removed, and why
   */
  public Release(DaemonOptions options, PrintStream out, PrintStream err) {
    this.options = options;
    this.out = out;
    this.err = err;
  }

  /**
   * Removes it.
   *
   * @param source the configuration, of which only the daemon's own names count
   * @return the process's exit code: 0 also if there was nothing to remove, or its namespace is
   *     gone
   */
  public int run(ConfigurationSource source) {
    ProcessIdentity identity =
        ProcessIdentity.of(options.process(), source.read(options).configuration().globals());
    Path path = options.process().pidFiles().parent().orElse(identity.pidFileNames().parent());
    try {
      Optional<PidFile> pidFile = PidFile.take(path, OwnProcess.id());
      if (pidFile.isEmpty()) {
        err.println(
            "A daemon runs that has " + path + ": nothing is released; at its stop it does it");
        return ExitStatus.FATAL.code();
      }
      try (PidFile held = pidFile.get()) {
        if (isGone(identity)) {
          return ExitStatus.OK.code();
        }
        ExitStatus status = release(new LeftBehind(held.path()));
        if (status == ExitStatus.OK) {
          forget(identity, JournalPath.of(held.path()));
        }
        return status.code();
      }
    } catch (SystemCallException e) {
      err.println(Remedy.explain(e.error()));
    } catch (IOException e) {
      err.println(FileError.text(e, path));
    }
    return ExitStatus.FATAL.code();
  }

  /** Enters the namespace; what was in one that is not there any more went with it. */
  private boolean isGone(ProcessIdentity identity) throws SystemCallException {
    try {
      identity.enterNamespace();
      return false;
    } catch (SystemCallException e) {
      if (e.error().errno() != Errno.ENOENT) {
        throw e;
      }
      out.println(
          "nothing to release: there is no network namespace "
              + identity.networkNamespace().orElse("")
              + " any more, nor what was in it");
      return true;
    }
  }

  private ExitStatus release(LeftBehind left) throws SystemCallException {
    Released released = of(options, left);
    left.forgetNamespace();
    released.removed().forEach(one -> out.println("released " + one));
    released.refused().forEach(err::println);
    if (released.removed().isEmpty() && released.refused().isEmpty()) {
      out.println("nothing to release: " + left.text());
    }
    return released.refused().isEmpty() ? ExitStatus.OK : ExitStatus.FATAL;
  }

  /** Removes what the daemon was known by: nobody is asked there, or sent a signal. */
  private void forget(ProcessIdentity identity, JournalPath journal) {
    DaemonOptions.PidFiles given = options.process().pidFiles();
    for (Path each :
        List.of(
            given.vrrp().orElse(identity.pidFileNames().vrrp()),
            given.checkers().orElse(identity.pidFileNames().checkers()))) {
      try {
        if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
          Optional<PidFile> left = PidFile.take(each, OwnProcess.id());
          if (left.isPresent()) {
            left.get().close(); // removes it
          }
        }
      } catch (IOException e) {
        err.println(FileError.text(e, each));
      }
    }
    new ParentWord(journal.parent()).withdrawIfGone();
    try {
      if (Files.readAttributes(
              journal.socket(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isOther()) {
        Files.delete(journal.socket());
      }
    } catch (IOException nothing) {
      // as it should be
    }
  }

  /** Removes what these options do not leave there. */
  static Released of(DaemonOptions options, LeftBehind left) throws SystemCallException {
    DaemonOptions.Stop stop = options.process().stop();
    return left.release(
        options.subsystems().vrrp() && !stop.keepAddresses(),
        options.subsystems().checkers() && !stop.keepVirtualServers());
  }
}
