package org.jkeepalived.notify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jkeepalived.model.Fifo;

/** A FIFO in memory: it holds a number of lines, and has a reader when the test reads. */
final class FakePipe implements Pipe {

  /** The place where the FIFOs are. */
  static final class Folder implements Opener {
    final Map<String, FakePipe> pipes = new LinkedHashMap<>();
    final List<String> refused = new ArrayList<>();
    int opened;

    @Override
    public Pipe open(String name, Fifo fifo) throws IOException {
      if (refused.contains(fifo.path())) {
        throw new IOException("Unable to create " + name + " " + fifo.path() + ": refused");
      }
      if (pipes.containsKey(fifo.path())) {
        throw new IOException(fifo.path() + " is open");
      }
      opened++;
      FakePipe pipe = new FakePipe(this, fifo.path());
      pipes.put(fifo.path(), pipe);
      return pipe;
    }

    FakePipe at(String path) {
      FakePipe pipe = pipes.get(path);
      if (pipe == null) {
        throw new AssertionError("no FIFO " + path + " in " + pipes.keySet());
      }
      return pipe;
    }
  }

  private final Folder folder;
  private final String path;
  private final List<String> unread = new ArrayList<>();
  int room = 1_000;
  boolean failing;
  boolean removed;

  private FakePipe(Folder folder, String path) {
    this.folder = folder;
    this.path = path;
  }

  @Override
  public boolean write(byte[] line) throws IOException {
    if (failing) {
      throw new IOException("Broken");
    }
    if (unread.size() >= room) {
      return false;
    }
    unread.add(new String(line, StandardCharsets.UTF_8));
    return true;
  }

  /** Takes out what is in it, without the line feeds. */
  List<String> read() {
    List<String> lines = unread.stream().map(line -> line.substring(0, line.length() - 1)).toList();
    unread.clear();
    return lines;
  }

  @Override
  public boolean isDrained() {
    return unread.isEmpty();
  }

  @Override
  public boolean isInPlace() {
    return !removed;
  }

  @Override
  public void close() {
    folder.pipes.remove(path);
  }
}
