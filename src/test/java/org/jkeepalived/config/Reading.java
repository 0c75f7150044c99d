package org.jkeepalived.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jkeepalived.config.syntax.ParseOptions;
import org.jkeepalived.config.syntax.SourceLoader;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.routing.VrfLookup;
import org.jkeepalived.script.ScriptLookup;

/** Reads configurations from memory, as a daemon on a host named {@code host} would. */
public final class Reading {

  /** The host's. */
  private static final int PROCESSORS = 2;

  public static LoadedConfiguration of(String file, String text) {
    return of(file, Map.of(file, text), Optional.empty(), Optional.empty());
  }

  /** With the file of our own settings beside it. */
  public static LoadedConfiguration withOwn(String text, String own) {
    return of(
        "/k.conf",
        Map.of("/k.conf", text, "/jkeepalived.conf", own),
        Optional.empty(),
        Optional.empty());
  }

  /** On a machine that has these VRFs. */
  static LoadedConfiguration withVrfs(String text, VrfLookup vrfs) {
    ParseOptions parsing =
        new ParseOptions("host", "host", name -> Optional.empty(), new Random(1), false);
    ReadOptions options =
        new ReadOptions(
            parsing,
            "host",
            Optional.empty(),
            PROCESSORS,
            new Permissive(),
            name -> Optional.empty(),
            vrfs);
    return new ConfigurationReader(new Files(Map.of("k.conf", text)), options).read("k.conf");
  }

  static LoadedConfiguration of(
      String file,
      Map<String, String> files,
      Optional<Set<String>> links,
      Optional<ScriptLookup> scripts) {
    ParseOptions parsing =
        new ParseOptions("host", "host", name -> Optional.empty(), new Random(1), false);
    ReadOptions options =
        new ReadOptions(parsing, "host", links, PROCESSORS, scripts.orElse(new Permissive()));
    return new ConfigurationReader(new Files(files), options).read(file);
  }

  /** A machine where every script can be run, and has every user but keepalived's own. */
  record Permissive() implements ScriptLookup {
    @Override
    public Optional<String> objection(Command command) {
      return Optional.empty();
    }

    @Override
    public boolean userExists(String user) {
      return !user.equals("keepalived_script");
    }

    @Override
    public boolean groupExists(String group) {
      return true;
    }
  }

  /** Files by name, all in the root. */
  private record Files(Map<String, String> texts) implements SourceLoader {
    @Override
    public String directoryOf(String path) {
      return "/";
    }

    @Override
    public List<String> resolve(String directory, String pattern) {
      return texts.containsKey("/" + pattern) ? List.of("/" + pattern) : List.of();
    }

    @Override
    public boolean isDirectory(String directory, String path) {
      return path.isEmpty();
    }

    @Override
    public Read read(String path) {
      return Optional.ofNullable(texts.get(path))
          .map(Read::of)
          .orElseGet(() -> Read.failed("is missing"));
    }
  }

  private Reading() {}
}
