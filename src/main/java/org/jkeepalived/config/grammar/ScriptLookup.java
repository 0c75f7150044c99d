package org.jkeepalived.config.grammar;

/** What the system knows of scripts and of the users that run them. */
public interface ScriptLookup {

  /** Whether a program can be run; {@code program} is a path, or a name to look for in the path. */
  boolean isExecutable(String program);

  /** Whether there is such a user. */
  boolean userExists(String user);
}
