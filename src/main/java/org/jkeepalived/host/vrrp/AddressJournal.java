package org.jkeepalived.host.vrrp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.linux.netlink.route.AddressRequest;
import org.jkeepalived.linux.netlink.route.AddressResult;
import org.jkeepalived.model.VirtualAddress;
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
final class AddressJournal implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AddressJournal.class);

  /** Lines after which the file is written anew. */
  private static final int REWRITE_AFTER_LINES = 100_000;

  private final Path file;
  private final Set<String> present;
  private FileChannel channel;
  private int lines;

  private AddressJournal(Path file, Set<String> present, FileChannel channel) {
    this.file = file;
    this.present = present;
    this.lines = present.size();
    this.channel = channel;
  }

  /**
   * Opens the record of a daemon, with what its last run left in it.
   *
   * @throws IOException the folder or the file cannot be made
   */
  static AddressJournal open(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Set<String> present = read(file);
    FileChannel channel = writeNew(file, present);
    return new AddressJournal(file, present, channel);
  }

  /** A line that the last run did not finish was written for something that it did not do. */
  private static Set<String> read(Path file) throws IOException {
    Set<String> present = new LinkedHashSet<>();
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      int from = 0;
      for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
        String line = text.substring(from, end);
        if (line.startsWith("+ ")) {
          present.add(line.substring(2));
        } else if (line.startsWith("- ")) {
          present.remove(line.substring(2));
        }
        from = end + 1;
      }
    } catch (NoSuchFileException none) {
      // a first start
    }
    return present;
  }

  /** Puts a file with what is present in the place of the old one, and leaves it open. */
  private static FileChannel writeNew(Path file, Set<String> present) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    try {
      write(
          channel, present.stream().map(line -> "+ " + line + "\n").collect(Collectors.joining()));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static void write(FileChannel channel, CharSequence text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
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

  /**
   * Call after the kernel has answered: what it has removed is forgotten, unless it was added again
   * after that. What it refused to remove is still there.
   */
  void afterwards(List<AddressResult> results) {
    Set<String> removed = new LinkedHashSet<>();
    for (AddressResult result : results) {
      if (result.request().operation() == AddressRequest.Operation.ADD) {
        removed.remove(line(result.request()));
      } else if (result.asWanted()) {
        removed.add(line(result.request()));
      }
    }
    forget(removed);
  }

  /** Forgets everything but {@code kept}: what an earlier run left, and is gone. */
  void retain(Set<String> kept) {
    forget(present.stream().filter(line -> !kept.contains(line)).toList());
  }

  private void forget(Collection<String> removed) {
    StringBuilder text = new StringBuilder();
    for (String line : removed) {
      if (present.remove(line)) {
        text.append("- ").append(line).append('\n');
        lines++;
      }
    }
    append(text);
    if (lines > REWRITE_AFTER_LINES && lines > 2 * present.size()) {
      rewrite();
    }
  }

  private static String line(AddressRequest request) {
    return line(request.address());
  }

  /** As the kernel shows it: with the peer's prefix length where there is one. */
  static String line(VirtualAddress address) {
    return line(
        address.device(),
        address.address().getHostAddress(),
        address.peer().map(VirtualAddress.Peer::prefixLength).orElse(address.prefixLength()));
  }

  private void append(CharSequence text) {
    if (text.length() == 0) {
      return;
    }
    try {
      write(channel, text);
    } catch (IOException e) {
      LOG.error("{}: addresses may stay behind if this daemon is killed", FileError.text(e, file));
    }
  }

  private void rewrite() {
    try {
      FileChannel old = channel;
      channel = writeNew(file, present);
      lines = present.size();
      old.close();
    } catch (IOException e) {
      LOG.error("{}: the record of addresses only grows", FileError.text(e, file));
      // not tried again with each address
      lines = present.size();
    }
  }

  /** Closes the journal; an empty one is removed. */
  @Override
  public void close() {
    try {
      channel.close();
      if (present.isEmpty()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.warn("{}", FileError.text(e, file));
    }
  }
}
