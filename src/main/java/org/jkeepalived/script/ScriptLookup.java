package org.jkeepalived.script;

import java.util.Optional;
import org.jkeepalived.model.Command;

/** What the system knows of scripts and of the users that run them. */
public interface ScriptLookup {

  /** Why a command cannot be run, in one line; empty when it can. Its user exists. */
  Optional<String> objection(Command command);

  /** Whether there is such a user. */
  boolean userExists(String user);

  /** Whether there is such a group. */
  boolean groupExists(String group);
}
