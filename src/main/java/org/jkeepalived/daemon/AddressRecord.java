package org.jkeepalived.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jkeepalived.linux.netlink.AddressRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file under /run that says which addresses this daemon put into the kernel, so that a start
 * after SIGKILL also removes those that the configuration no longer names.
 *
 * <p>One line a change: {@code + eth0 10.0.0.1/24} before the kernel is asked to add, {@code -}
 * after it has removed. It needs no fsync: what it survives is the process, and a reboot empties
 * the kernel's addresses as well.
 */
final class AddressRecord implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("org.jkeepalived.vrrp.AddressRecord");

  /** Lines after which the file is written anew. */
  private static final int REWRITE_AFTER_LINES = 100_000;

  private final Path file;
  private final Set<String> present = new LinkedHashSet<>();
  private FileChannel channel;
  private int lines;

  private AddressRecord(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens the record of a daemon, with what its last run left in it.
   *
   * @throws IOException the folder or the file cannot be made
   */
  static AddressRecord open(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    List<String> old = read(file);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    AddressRecord record = new AddressRecord(file, channel);
    record.lines = old.size();
    for (String line : old) {
      if (line.startsWith("+ ")) {
        record.present.add(line.substring(2));
      } else if (line.startsWith("- ")) {
        record.present.remove(line.substring(2));
      }
    }
    return record;
  }

  private static List<String> read(Path file) throws IOException {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  /** What is recorded: {@code eth0 10.0.0.1/24}. */
  Set<String> present() {
    return Set.copyOf(present);
  }

  static String line(String device, String address, int prefixLength) {
    return device + " " + address + "/" + prefixLength;
  }

  /** Call before the kernel is asked. */
  void beforeAdding(List<AddressRequest> requests) {
    StringBuilder text = new StringBuilder();
    for (AddressRequest request : requests) {
      if (request.operation() == AddressRequest.Operation.ADD && present.add(line(request))) {
        text.append("+ ").append(line(request)).append('\n');
        lines++;
      }
    }
    append(text);
  }

  /** Call after the kernel has answered. */
  void afterRemoving(List<AddressRequest> requests) {
    StringBuilder text = new StringBuilder();
    for (AddressRequest request : requests) {
      if (request.operation() == AddressRequest.Operation.REMOVE && present.remove(line(request))) {
        text.append("- ").append(line(request)).append('\n');
        lines++;
      }
    }
    append(text);
    if (lines > REWRITE_AFTER_LINES && lines > 2 * present.size()) {
      rewrite();
    }
  }

  private static String line(AddressRequest request) {
    return line(
        request.address().device(),
        request.address().address().getHostAddress(),
        request.address().prefixLength());
  }

  private void append(CharSequence text) {
    if (text.length() == 0) {
      return;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.ISO_8859_1));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      LOG.error("{}: {}: addresses may stay behind if this daemon is killed", file, e.toString());
    }
  }

  private void rewrite() {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try {
      String text = present.stream().map(line -> "+ " + line + "\n").collect(Collectors.joining());
      Files.writeString(next, text, StandardCharsets.ISO_8859_1);
      Files.move(next, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      channel.close();
      channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      lines = present.size();
    } catch (IOException e) {
      LOG.error("{}: {}: the record of addresses only grows", file, e.toString());
    }
  }

  /** Closes the record; an empty one is removed. */
  @Override
  public void close() {
    try {
      channel.close();
      if (present.isEmpty()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.warn("{}: {}", file, e.toString());
    }
  }
}
