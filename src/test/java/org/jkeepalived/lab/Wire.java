package org.jkeepalived.lab;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Listens on a segment: a {@code tcpdump} on the switch, whose capture is read as it comes, with
 * the kernel's time stamps.
 *
 * <p>It remembers everything it heard, and a place up to which the test has listened: {@link #next}
 * waits for a frame behind that place, and moves it there.
 */
final class Wire implements AutoCloseable {

  // pcap-savefile(5): the magic number of a file with nanoseconds, in the writer's byte order.
  private static final int MAGIC_NANOSECONDS = 0xa1b23c4d;
  private static final int FILE_HEADER_LENGTH = 24;
  private static final int RECORD_HEADER_LENGTH = 16;
  private static final int SHOWN = 20;
  private static final long PAUSE_MILLIS = 500;

  private final Process tcpdump;
  private final List<Frame> frames = new ArrayList<>();
  private final Map<Frame, byte[]> bytes = new IdentityHashMap<>();
  private final Runnable requirement;
  private int place;
  private int mark;

  private Wire(Process tcpdump, Runnable requirement) {
    this.tcpdump = tcpdump;
    this.requirement = requirement;
  }

  /**
   * Starts to listen.
   *
   * @param requirement throws when it makes no sense to wait any longer
   */
  static Wire open(String namespace, String segment, String filter, Runnable requirement) {
    try {
      Process tcpdump =
          new ProcessBuilder(
                  "ip",
                  "netns",
                  "exec",
                  namespace,
                  "tcpdump",
                  "-i",
                  segment,
                  "-U",
                  "-w",
                  "-",
                  "--immediate-mode",
                  "--time-stamp-precision=nano",
                  "-Z",
                  "root",
                  filter)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      Wire wire = new Wire(tcpdump, requirement);
      DataInputStream input = new DataInputStream(tcpdump.getInputStream());
      ByteOrder order = readFileHeader(input); // written when the filter is in place
      Thread reader = new Thread(() -> wire.read(input, order), "wire-" + namespace);
      reader.setDaemon(true);
      reader.start();
      return wire;
    } catch (IOException e) {
      throw new UncheckedIOException("tcpdump does not start", e);
    }
  }

  private static ByteOrder readFileHeader(DataInputStream input) throws IOException {
    byte[] header = new byte[FILE_HEADER_LENGTH];
    input.readFully(header);
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      if (ByteBuffer.wrap(header).order(order).getInt() == MAGIC_NANOSECONDS) {
        return order;
      }
    }
    throw new IOException("not a capture with nanoseconds");
  }

  private void read(DataInputStream input, ByteOrder order) {
    byte[] header = new byte[RECORD_HEADER_LENGTH];
    try {
      while (true) {
        input.readFully(header);
        ByteBuffer fields = ByteBuffer.wrap(header).order(order);
        long timeNanos = fields.getInt() * 1_000_000_000L + fields.getInt();
        byte[] frame = new byte[fields.getInt()];
        input.readFully(frame);
        decode(timeNanos, frame).ifPresent(decoded -> add(decoded, frame));
      }
    } catch (EOFException e) {
      // closed
    } catch (IOException e) {
      if (tcpdump.isAlive()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Optional<Frame> decode(long timeNanos, byte[] frame) {
    int etherType = ByteBuffer.wrap(frame).getShort(12) & 0xffff;
    if (etherType == 0x0800 && Advertisement.matches(frame)) {
      return Optional.of(Advertisement.decode(timeNanos, frame));
    }
    if (etherType == 0x0800 && Icmp.matches(frame)) {
      return Optional.of(Icmp.decode(timeNanos, frame));
    }
    if (etherType == 0x86dd && Advertisement.matches6(frame)) {
      return Optional.of(Advertisement.decode6(timeNanos, frame));
    }
    if (etherType == 0x86dd && Neighbour.matches(frame)) {
      return Optional.of(Neighbour.decode(timeNanos, frame));
    }
    if (etherType == 0x0800 && Authenticated.matches(frame)) {
      return Optional.of(Authenticated.decode(timeNanos, frame));
    }
    if (etherType == 0x0806 && frame.length >= Arp.LENGTH) {
      return Optional.of(Arp.decode(timeNanos, frame));
    }
    return Optional.empty();
  }

  private synchronized void add(Frame frame, byte[] whole) {
    frames.add(frame);
    bytes.put(frame, whole);
    notifyAll();
  }

  // --- for tests -------------------------------------------------------------------------------

  /** From here on: what was heard until now is not looked at by {@link #next}. */
  synchronized void skip() {
    place = frames.size();
    mark = place;
  }

  /** Waits for the next frame of a kind that the condition accepts. */
  synchronized <F extends Frame> F next(String what, Class<F> kind, Predicate<F> condition) {
    long deadline = System.nanoTime() + Await.PATIENCE.toNanos();
    while (true) {
      for (; place < frames.size(); place++) {
        Frame frame = frames.get(place);
        if (kind.isInstance(frame) && condition.test(kind.cast(frame))) {
          place++;
          return kind.cast(frame);
        }
      }
      long millisLeft = (deadline - System.nanoTime()) / 1_000_000;
      if (millisLeft <= 0) {
        throw new AssertionError("not seen on the wire: " + what + "\n" + evidence());
      }
      requirement.run();
      try {
        wait(Math.min(millisLeft, PAUSE_MILLIS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** Waits for the next advertisement that the condition accepts. */
  Advertisement nextAdvertisement(String what, Predicate<Advertisement> condition) {
    return next(what, Advertisement.class, condition);
  }

  /** All frames of a kind heard so far, in order. */
  synchronized <F extends Frame> List<F> heard(Class<F> kind, Predicate<F> condition) {
    return frames.stream().filter(kind::isInstance).map(kind::cast).filter(condition).toList();
  }

  /** The advertisements heard since the last {@link #skip}. */
  List<Advertisement> sinceSkip(Predicate<Advertisement> condition) {
    return since(Advertisement.class, condition);
  }

  /** The frames of a kind heard since the last {@link #skip}. */
  synchronized <F extends Frame> List<F> since(Class<F> kind, Predicate<F> condition) {
    return frames.subList(mark, frames.size()).stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .filter(condition)
        .toList();
  }

  /** All advertisements heard so far, in order. */
  List<Advertisement> advertisements(Predicate<Advertisement> condition) {
    return heard(Advertisement.class, condition);
  }

  /** A frame that was heard, from its Ethernet header on. */
  synchronized byte[] bytes(Frame heard) {
    return bytes.get(heard).clone();
  }

  /** The last frames, for a failure's message. */
  synchronized String evidence() {
    return "--- the last frames on the wire\n"
        + frames.subList(Math.max(0, frames.size() - SHOWN), frames.size()).stream()
            .map(Frame::toString)
            .collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    tcpdump.destroy();
  }
}
