package org.jkeepalived.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeFunction;

/**
 * A socket of another process, as the kernel knows it (socket(7), pidfd_getfd(2)).
 *
 * @param protocol of its domain
 * @param receiveBytes how much may wait to be read, with what the kernel needs for it
 */
record SocketView(int domain, int type, int protocol, int receiveBytes) {

  private static final NativeFunction SYSCALL = NativeFunction.ofLibc("syscall");

  private static final int PIDFD_OPEN = 434;
  private static final int PIDFD_GETFD = 438;
  private static final int AF_INET = 2;
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW = 3;
  private static final int SO_TYPE = 3;
  private static final int SO_RCVBUF = 8;
  private static final int SO_PROTOCOL = 38;
  private static final int SO_DOMAIN = 39;

  static SocketView raw(int protocol, int receiveBytes) {
    return new SocketView(AF_INET, SOCK_RAW, protocol, receiveBytes);
  }

  static SocketView netlink(int receiveBytes) {
    return new SocketView(AF_NETLINK, SOCK_RAW, 0, receiveBytes);
  }

  /** All of a process. */
  static List<SocketView> of(long pid) {
    List<SocketView> found = new ArrayList<>();
    int process = SYSCALL.call(PIDFD_OPEN, (int) pid, 0);
    try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path descriptor : descriptors.toList()) {
        int fd =
            SYSCALL.call(
                PIDFD_GETFD, process, Integer.parseInt(descriptor.getFileName().toString()), 0);
        int domain = option(fd, SO_DOMAIN);
        if (domain >= 0) {
          found.add(
              new SocketView(
                  domain, option(fd, SO_TYPE), option(fd, SO_PROTOCOL), option(fd, SO_RCVBUF)));
        }
        Libc.close(fd);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Libc.close(process);
    }
    return found;
  }

  private static int option(int fd, int option) {
    return Libc.getSocketOption(fd, Libc.SOL_SOCKET, option);
  }

  /** What a process shares with the kernel for frames that have arrived, of all its links. */
  static long ringBytes(long pid) {
    try (Stream<String> maps = Files.lines(Path.of("/proc", Long.toString(pid), "maps"))) {
      return maps.filter(line -> line.contains("socket:["))
          .map(line -> line.substring(0, line.indexOf(' ')).split("-"))
          .mapToLong(ends -> Long.parseLong(ends[1], 16) - Long.parseLong(ends[0], 16))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
