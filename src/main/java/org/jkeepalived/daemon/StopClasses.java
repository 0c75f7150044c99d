package org.jkeepalived.daemon;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the Java VM load what a stop needs, while nothing hurries: once somebody has written another
 * program over the file that this one runs from, a class can be read from it no more, and a stop
 * that lacks one leaves its addresses behind. Where there is a class-data archive, what it has is
 * at hand besides.
 *
 * <p>Named are classes; those in them, which a stop comes to first, are loaded with them.
 */
final class StopClasses {

  private static final Logger LOG = LoggerFactory.getLogger(StopClasses.class);

  private static final String PROJECT = "org/jkeepalived/";
  private static final String CLASS = ".class";

  private static final List<String> ALWAYS =
      List.of(
          "control/AnswerBytes",
          "control/Control",
          "control/ControlExchange",
          "control/ControlSignals",
          "control/ControlSocket",
          "control/NameWatch",
          "control/ReloadClock",
          "control/SignalReader",
          "control/WantedPages",
          "control/stream/AnswerStream",
          "daemon/CoreFiles",
          "daemon/Daemon",
          "daemon/FormerDaemon",
          "daemon/LifeReport",
          "daemon/LifeScriptRun",
          "daemon/LifeSignals",
          "daemon/ParentWord",
          "daemon/PidFiles",
          "daemon/ReloadReading",
          "daemon/ServingLife",
          "host/LeftBehind",
          "host/LvsSubsystem",
          "host/Services",
          "host/TrackerService",
          "host/VrrpSubsystem",
          "host/link/LinkPolling",
          "host/notify/NotifyService",
          "host/notify/mail/Alerts",
          "host/notify/mail/MailThread",
          "host/script/ProcessRunner",
          "host/script/RunningChild",
          "host/script/ScriptThread",
          "host/systemd/SystemdReport",
          "host/track/FileWatches",
          "host/track/ProcessWatch",
          "host/track/ScriptChecks",
          "link/Links",
          "linux/Poller",
          "linux/file/FileError",
          "linux/file/Inotify",
          "linux/file/InotifyEvents",
          "linux/file/RegularFile",
          "linux/process/NotifySocket",
          "linux/process/PidFile",
          "linux/process/UnusedMemory",
          "linux/socket/StreamSocket",
          "log/LineQueue",
          "log/LogSocket",
          "log/Logging",
          "loop/EpollWait",
          "loop/FatalExit",
          "loop/OwnerThread",
          "status/ProgramVersion");

  /** What resigns, tells of it, and writes into the kernel and hears of it, whole. */
  private static final List<String> ROOMS =
      List.of(
          "host/kernel/",
          "host/vrrp/",
          "kernel/",
          "linux/netlink/route/",
          "linux/packet/",
          "notify/",
          "script/",
          "vrrp/");

  private StopClasses() {}

  /** Loads them, as far as they are there. A program that runs from single files needs nothing. */
  static void load() {
    CodeSource source = StopClasses.class.getProtectionDomain().getCodeSource();
    try {
      Path program = Path.of(source.getLocation().toURI());
      if (Files.isRegularFile(program)) {
        LOG.debug("What a stop needs is loaded: {} classes", load(program));
      }
    } catch (IOException | URISyntaxException | LinkageError e) {
      LOG.debug("What a stop needs is loaded when it is needed: {}", e.toString());
    }
  }

  private static int load(Path program) throws IOException {
    int loaded = 0;
    try (ZipFile jar = new ZipFile(program.toFile())) {
      for (ZipEntry entry : (Iterable<ZipEntry>) jar.stream().map(ZipEntry.class::cast)::iterator) {
        String name = entry.getName();
        if (name.startsWith(PROJECT) && name.endsWith(CLASS) && isNeeded(outermost(name))) {
          loaded += load(name) ? 1 : 0;
        }
      }
    }
    return loaded;
  }

  private static String outermost(String entry) {
    String name = entry.substring(PROJECT.length(), entry.length() - CLASS.length());
    int end = name.indexOf('$');
    return end < 0 ? name : name.substring(0, end);
  }

  private static boolean isNeeded(String name) {
    return ALWAYS.contains(name) || ROOMS.stream().anyMatch(name::startsWith);
  }

  private static boolean load(String entry) {
    String name = entry.substring(0, entry.length() - CLASS.length()).replace('/', '.');
    try {
      // with what its code is checked against
      Class.forName(name, true, StopClasses.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      LOG.debug("{} cannot be loaded: {}", name, e.toString());
      return false;
    }
  }
}
