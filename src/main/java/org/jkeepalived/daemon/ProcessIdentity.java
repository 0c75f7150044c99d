package org.jkeepalived.daemon;

import java.util.Optional;
import org.jkeepalived.linux.Namespaces;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.process.PidFileNames;
import org.jkeepalived.model.GlobalDefinitions;

/**
 * What tells this daemon from others on the same machine. No reload changes that.
 *
 * @param networkNamespace the one that the daemon lives in, where one was asked for
 * @param instance {@code instance}: its name among several
 * @param ownPidDirectory {@code use_pid_dir}
 */
record ProcessIdentity(
    Optional<String> networkNamespace, Optional<String> instance, boolean ownPidDirectory) {

  /** COMPAT: the command line's namespace overrides the configuration's. */
  static ProcessIdentity of(DaemonOptions.Process options, GlobalDefinitions globals) {
    return new ProcessIdentity(
        options.networkNamespace().or(globals::networkNamespace),
        globals.processInstance(),
        globals.usePidDirectory());
  }

  /**
   * What log identifiers end in, such as {@code _blue_I1}; empty where nothing tells it from
   * others.
   */
  String logSuffix() {
    return networkNamespace.map(name -> "_" + name).orElse("")
        + instance.map(name -> "_" + name).orElse("");
  }

  PidFileNames pidFileNames() {
    return PidFileNames.of(networkNamespace, instance, ownPidDirectory);
  }

  /** Moves this thread, and so all that it starts from now on, into the network namespace. */
  void enterNamespace() throws SystemCallException {
    if (networkNamespace.isPresent()) {
      Namespaces.moveThread(networkNamespace.get());
    }
  }
}
