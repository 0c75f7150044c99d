package org.jkeepalived.config.grammar;

import java.util.Optional;
import org.jkeepalived.model.Reloading;

/** What has been read of what happens around the reading of a configuration. */
final class ReloadDraft {

  boolean checked;
  Optional<String> checkLog = Optional.empty();
  Optional<String> timeFile = Optional.empty();
  boolean repeated;
  Optional<Reloading.Mark> mark = Optional.empty();
  Optional<String> saveDirectory = Optional.empty();

  Reloading complete() {
    return new Reloading(checked, checkLog, timeFile, repeated, mark, saveDirectory);
  }
}
