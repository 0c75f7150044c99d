package org.jkeepalived.config.grammar;

import java.util.Optional;
import org.jkeepalived.model.Dumps;
import org.jkeepalived.model.GlobalDefaults;

/** What has been read of the files that the daemon writes when it is asked. */
final class DumpDraft {

  int jsonVersion = 1;
  Optional<String> state = Optional.empty();
  Optional<String> statistics = Optional.empty();
  Optional<String> json = Optional.empty();
  boolean instanceNamed;

  Dumps complete(GlobalDefaults defaults) {
    return new Dumps(
        jsonVersion, new Dumps.Files(state, statistics, json, instanceNamed), defaults);
  }
}
