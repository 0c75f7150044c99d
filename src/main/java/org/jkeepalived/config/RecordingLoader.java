package org.jkeepalived.config;

import java.util.ArrayList;
import java.util.List;
import org.jkeepalived.config.syntax.SourceLoader;

/** Another loader, that remembers what it has read. Lives as long as one reading. */
final class RecordingLoader implements SourceLoader {

  private final SourceLoader loader;
  private final List<Source> sources = new ArrayList<>();

  RecordingLoader(SourceLoader loader) {
    this.loader = loader;
  }

  /** What was read, in that order. */
  List<Source> sources() {
    return List.copyOf(sources);
  }

  @Override
  public String directoryOf(String path) {
    return loader.directoryOf(path);
  }

  @Override
  public List<String> resolve(String directory, String pattern) {
    return loader.resolve(directory, pattern);
  }

  @Override
  public boolean isDirectory(String directory, String path) {
    return loader.isDirectory(directory, path);
  }

  @Override
  public Read read(String path) {
    Read read = loader.read(path);
    read.text().ifPresent(text -> sources.add(new Source(path, text)));
    return read;
  }
}
