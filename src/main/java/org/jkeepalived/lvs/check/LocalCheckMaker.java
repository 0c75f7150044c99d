package org.jkeepalived.lvs.check;

import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.FileCheck;
import org.jkeepalived.model.lvs.MiscCheck;
import org.jkeepalived.script.CommandRunner;

/** Makes checks of the kinds that go by what is on this machine: commands and files. */
public final class LocalCheckMaker implements RunningCheck.Maker {

  private final ScheduledCheck.Surroundings around;
  private final CommandRunner runner;
  private final FileNumbers files;

  /**
   * @param around what is theirs on the thread that they live on
   * @param runner answers on that thread, too
   * @param files what the tracked files say
   */
  public LocalCheckMaker(
      ScheduledCheck.Surroundings around, CommandRunner runner, FileNumbers files) {
    this.around = around;
    this.runner = runner;
    this.files = files;
  }

  @Override
  public RunningCheck make(
      CheckedServer server, Check check, boolean up, RunningCheck.Listener listener) {
    if (check instanceof FileCheck file) {
      return new FileChecker(server, file, up, listener, files, around);
    }
    if (check instanceof MiscCheck misc) {
      MiscChecker checker = new MiscChecker(server, misc, runner);
      return new ScheduledCheck(checker, check.schedule(), up, listener, around);
    }
    throw new IllegalStateException("no such check: " + check);
  }
}
