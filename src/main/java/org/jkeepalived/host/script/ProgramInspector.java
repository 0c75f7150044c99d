package org.jkeepalived.host.script;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.file.FileLookup;
import org.jkeepalived.linux.file.FileLookup.Place;
import org.jkeepalived.linux.file.FileStatus;
import org.jkeepalived.linux.file.FileStatus.Kind;
import org.jkeepalived.model.Command;
import org.jkeepalived.script.Credentials;
import org.jkeepalived.script.ProgramCheck;
import org.jkeepalived.script.ProgramCheck.Verdict;
import org.jkeepalived.script.ShellPrograms;

/**
 * Looks a program up and says whether an account may run it: before each run, and for {@code -t}.
 *
 * <p>COMPAT: seen with keepalived 2.2.7. A component that a user or a group other than root's may
 * write to makes a program unsafe; so does an owner other than root. A directory with the sticky
 * bit may be open to all, if it is root's: nobody can replace what is root's in there.
 *
 * <p>keepalived looks only at where symbolic links end; here a link that somebody else could point
 * elsewhere is unsafe, too.
 */
public final class ProgramInspector {

  /** Where a program without a slash is looked for when the environment does not say. */
  public static final String DEFAULT_SEARCH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final int ANY_EXECUTE = 0111;
  private static final int EXECUTE = 1;
  private static final int GROUP_WRITE = 0020;
  private static final int OTHER_WRITE = 0002;
  private static final int STICKY = 01000;
  private static final int SET_USER = 04000;
  private static final int SET_GROUP = 02000;

  private final List<String> search;
  private final Lists lists;

  /**
   * What the mode of a file does not show: access control lists.
   *
   * @param isOn whether a file has one: the kernel decides then who may execute it
   * @param letsOthersWrite whether a file has one that lets others than root write to it
   */
  public record Lists(Predicate<Path> isOn, Predicate<Path> letsOthersWrite) {}

  /**
   * @param search the value of PATH
   */
  public ProgramInspector(String search, Lists lists) {
    this.search = List.of(search.split(":"));
    this.lists = lists;
  }

  /**
   * Looks at all programs of a command: where it is a line for a shell, at those that the line
   * names, too.
   *
   * @return the verdict on the command's own program, or on another one that is unsafe
   */
  public ProgramCheck vet(Command command, Credentials account) {
    ProgramCheck own = vet(command.program(), account, command.secured());
    Optional<ShellPrograms> named = ShellPrograms.of(command.words());
    if (named.isEmpty() || !own.isUsable() || !command.secured()) {
      return own;
    }
    for (String program : named.get().programs()) {
      ProgramCheck check = vet(program, account, true);
      if (check.verdict() == Verdict.UNSAFE) {
        return check;
      }
    }
    Optional<String> riddle = named.get().riddle();
    return riddle.isPresent() && isRootly(account)
        ? refused(Verdict.UNSAFE, own.path(), riddle.get())
        : own;
  }

  /**
   * Looks at a program.
   *
   * @param program a path, or a name without a slash to be searched for
   * @param secured {@code enable_script_security}: an unsafe program does not run as root
   */
  public ProgramCheck vet(String program, Credentials account, boolean secured) {
    try {
      return program.contains("/")
          ? judge(program, Path.of(program).toAbsolutePath(), account, secured)
          : judgeFound(program, account, secured);
    } catch (InvalidPathException malformed) {
      return refused(Verdict.NOT_FOUND, program, "not a path: " + malformed.getReason());
    }
  }

  private ProgramCheck judgeFound(String name, Credentials account, boolean secured) {
    Optional<ProgramCheck> firstRefused = Optional.empty();
    for (String directory : search) {
      if (!directory.startsWith("/") || name.isEmpty()) {
        // "here" is wherever the daemon was started
        continue;
      }
      ProgramCheck check = judge(name, Path.of(directory, name), account, secured);
      if (check.isUsable() || check.verdict() == Verdict.UNSAFE) {
        return check;
      }
      if (check.verdict() != Verdict.NOT_FOUND && firstRefused.isEmpty()) {
        firstRefused = Optional.of(check);
      }
    }
    return firstRefused.orElseGet(
        () -> refused(Verdict.NOT_FOUND, name, "no such program in " + String.join(":", search)));
  }

  private ProgramCheck judge(String given, Path path, Credentials account, boolean secured) {
    FileLookup way = FileLookup.of(path.toString());
    if (way.errno() != 0) {
      return inaccessible(given, way.last().path(), Libc.errorText(way.errno()));
    }
    try {
      return judge(executedAs(path), way, account, secured);
    } catch (FileSystemException e) {
      return inaccessible(given, e.getFile(), String.valueOf(e.getReason()));
    } catch (IOException e) {
      return inaccessible(given, given, String.valueOf(e.getMessage()));
    }
  }

  /**
   * COMPAT: keepalived executes what links lead to, so a script finds its neighbours by its own
   * name; but where that is another name in the same directory, as with {@code sh} and programs
   * that do many things, the name that was asked for.
   */
  private static Path executedAs(Path path) throws IOException {
    Path end = path.toRealPath();
    Path parent = path.getParent();
    Path name = path.getFileName();
    if (parent == null || name == null || !Files.isSymbolicLink(path)) {
      return end;
    }
    Path directory = parent.toRealPath();
    return directory.equals(end.getParent()) ? directory.resolve(name) : end;
  }

  private ProgramCheck judge(Path executed, FileLookup way, Credentials account, boolean secured) {
    Place program = way.last();
    if (!is(program, Kind.REGULAR)) {
      return refused(
          Verdict.WRONG_TYPE, executed.toString(), program.path() + " is not a regular file");
    }
    Optional<Place> closed =
        way.places().stream().filter(each -> !isOpenTo(each, account)).findFirst();
    if (closed.isPresent()) {
      return refused(
          closed.get() == program ? Verdict.NOT_EXECUTABLE : Verdict.NOT_FOUND,
          executed.toString(),
          text(closed.get()) + " is closed to uid:gid " + account.user() + ":" + account.group());
    }
    Optional<String> unsafe =
        isRootly(account) || becomesRoot(program.status().access())
            ? way.places().stream()
                .filter(each -> isUnsafe(each, way))
                .findFirst()
                .map(each -> text(each) + " can be changed by others than root")
            : Optional.empty();
    return unsafe.isPresent() && secured
        ? new ProgramCheck(Verdict.UNSAFE, executed.toString(), unsafe.get(), unsafe)
        : new ProgramCheck(Verdict.USABLE, executed.toString(), "", unsafe);
  }

  /** COMPAT: root's group counts as root, and so does a program that makes itself either. */
  private static boolean isRootly(Credentials account) {
    return account.isRoot() || account.group() == 0;
  }

  private static boolean becomesRoot(FileStatus.Access access) {
    return (access.permissions() & SET_USER) != 0 && access.user() == 0
        || (access.permissions() & SET_GROUP) != 0 && access.group() == 0;
  }

  private boolean isOpenTo(Place place, Credentials account) {
    if (is(place, Kind.LINK)) {
      return true;
    }
    FileStatus.Access access = place.status().access();
    if (account.isRoot()) {
      return !is(place, Kind.REGULAR) || (access.permissions() & ANY_EXECUTE) != 0;
    }
    if (access.user() == account.user()) {
      return (access.permissions() >> 6 & EXECUTE) != 0;
    }
    boolean group = (access.permissions() >> 3 & EXECUTE) != 0;
    if (account.isIn(access.group()) ? group : (access.permissions() & EXECUTE) != 0) {
      return true;
    }
    // the group's bits are the mask of a list, so what it grants shows in them
    return group && lists.isOn().test(Path.of(place.path()));
  }

  private boolean isUnsafe(Place place, FileLookup way) {
    FileStatus.Access access = place.status().access();
    if (is(place, Kind.LINK)) {
      // whoever owns it can replace it only where he may write beside it
      return access.user() != 0 && way.parentOf(place).map(this::isOpenToOthers).orElse(true);
    }
    if (access.user() != 0) {
      return true;
    }
    boolean sticky = is(place, Kind.DIRECTORY) && (access.permissions() & STICKY) != 0;
    return !sticky && isOpenToOthers(place);
  }

  private boolean isOpenToOthers(Place place) {
    FileStatus.Access access = place.status().access();
    boolean group = (access.permissions() & GROUP_WRITE) != 0;
    return (access.permissions() & OTHER_WRITE) != 0
        || group && access.group() != 0
        // the group's bits are the mask of a list, so what it grants shows in them
        || group && lists.letsOthersWrite().test(Path.of(place.path()));
  }

  private static boolean is(Place place, Kind kind) {
    return place.status().kind() == kind;
  }

  private static String text(Place place) {
    FileStatus.Access access = place.status().access();
    return "%s (owner %s:%s, mode %04o)"
        .formatted(
            place.path(),
            Integer.toUnsignedString(access.user()),
            Integer.toUnsignedString(access.group()),
            access.permissions());
  }

  private static ProgramCheck inaccessible(String given, String component, String reason) {
    String where = component.equals(given) ? "" : component + ": ";
    return refused(Verdict.NOT_FOUND, given, given + " cannot be accessed - " + where + reason);
  }

  private static ProgramCheck refused(Verdict verdict, String path, String reason) {
    return new ProgramCheck(verdict, path, reason, Optional.empty());
  }
}
