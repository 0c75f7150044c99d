package org.jkeepalived.config.syntax;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files that exist only in a test; their names are absolute. */
final class MemoryLoader implements SourceLoader {
  private final TreeMap<String, String> files;

  MemoryLoader(Map<String, String> files) {
    this.files = new TreeMap<>(files);
  }

  static MemoryLoader of(String text) {
    return new MemoryLoader(Map.of("/etc/main.conf", text));
  }

  @Override
  public String directoryOf(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  @Override
  public List<String> resolve(String directory, String pattern) {
    boolean absolute = pattern.startsWith("/");
    String whole = absolute ? pattern : directory + "/" + pattern;
    return files.keySet().stream()
        .filter(name -> Wildcards.match(whole.substring(1), name.substring(1)))
        .map(name -> absolute ? name : name.substring(directory.length() + 1))
        .toList();
  }

  @Override
  public boolean isDirectory(String directory, String path) {
    String whole = path.startsWith("/") ? path : directory + "/" + path;
    return files.keySet().stream().anyMatch(name -> name.startsWith(whole + "/"));
  }

  @Override
  public Read read(String path) {
    String text = files.get(path);
    return text == null ? Read.failed("open problem (No such file or directory)") : Read.of(text);
  }
}
