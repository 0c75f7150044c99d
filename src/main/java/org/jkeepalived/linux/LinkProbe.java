package org.jkeepalived.linux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jkeepalived.model.LinkWatch.Polling;

/**
 * Asks drivers whether a link has a carrier (netdevice(7), linux/mii.h, linux/ethtool.h). Some of
 * them answer slowly: not for the {@code vrrp} thread. One thread at a time.
 *
 * <pre>
 * struct ifreq: name (16), then one of
 *   flags (2)
 *   struct mii_ioctl_data: phy (2), register (2), in (2), out (2)
 *   address (8) of struct ethtool_value: command (4), value (4)
 * </pre>
 */
public final class LinkProbe implements AutoCloseable {
  private static final NativeFunction IOCTL = NativeFunction.ofLibc("ioctl");

  private static final int AF_INET = 2;
  private static final int SOCK_DGRAM = 2;
  private static final int SIOCGIFFLAGS = 0x8913;
  private static final int SIOCETHTOOL = 0x8946;
  private static final int SIOCGMIIPHY = 0x8947;
  private static final int SIOCGMIIREG = 0x8948;

  private static final int ETHTOOL_GLINK = 0x0a;
  private static final int MII_BMSR = 1;
  private static final int BMSR_LINK = 0x0004;
  private static final int IFF_UP = 0x01;
  private static final int IFF_RUNNING = 0x40;

  private static final int NAME_BYTES = 16;
  private static final int REGISTER_OFFSET = NAME_BYTES + 2;
  private static final int OUT_OFFSET = NAME_BYTES + 6;
  private static final int REQUEST_BYTES = 40;

  private final int fd;
  private final NativeMemory request = NativeMemory.allocate(REQUEST_BYTES);
  private final NativeMemory value = NativeMemory.allocate(2 * Integer.BYTES);

  /** What a driver said. */
  public enum Answer {
    RUNNING,
    NOT_RUNNING,
    /** The driver does not know this way of asking. */
    UNSUPPORTED,
    /** There is no such link. */
    NO_LINK
  }

  private LinkProbe(int fd) {
    this.fd = fd;
  }

  /** For the links of the calling thread's network namespace. */
  public static LinkProbe open() throws SystemCallException {
    int fd = Libc.socket(AF_INET, SOCK_DGRAM | Libc.O_CLOEXEC, 0);
    return new LinkProbe(SystemCallException.check("open socket to poll links", fd));
  }

  /**
   * Asks how a link is. One that is not up is not running, whatever its carrier.
   *
   * @param how one way, not {@link Polling#ANY}
   */
  public Answer ask(String link, Polling how) {
    int carrier =
        switch (how) {
          case MII -> mii(link);
          case ETHTOOL -> ethtool(link);
          case IOCTL -> 1;
          case ANY -> throw new IllegalArgumentException("no way to ask");
        };
    if (carrier < 0) {
      return carrier == -Errno.ENODEV ? Answer.NO_LINK : Answer.UNSUPPORTED;
    }
    int wanted = how == Polling.IOCTL ? IFF_UP | IFF_RUNNING : IFF_UP;
    int result = call(link, SIOCGIFFLAGS);
    if (result < 0) {
      return result == -Errno.ENODEV ? Answer.NO_LINK : Answer.UNSUPPORTED;
    }
    boolean up = (request.bytes().getShort(NAME_BYTES) & wanted) == wanted;
    return carrier == 1 && up ? Answer.RUNNING : Answer.NOT_RUNNING;
  }

  /** 1 for a carrier, 0 for none, or a negated error number. */
  private int mii(String link) {
    int result = call(link, SIOCGMIIPHY);
    if (result < 0) {
      return result;
    }
    int status = 0;
    // a loss is kept until it was read once: the second time it is how it is now
    for (int i = 0; i < 2 && (status & BMSR_LINK) == 0; i++) {
      request.bytes().putShort(REGISTER_OFFSET, (short) MII_BMSR);
      result = request.lend(at -> IOCTL.call(fd, SIOCGMIIREG, at));
      if (result < 0) {
        return result;
      }
      status = Short.toUnsignedInt(request.bytes().getShort(OUT_OFFSET));
    }
    // all bits or none: nobody is there
    boolean absent = status == 0 || status == 0xffff;
    return absent ? -Errno.EINVAL : (status & BMSR_LINK) != 0 ? 1 : 0;
  }

  private int ethtool(String link) {
    value.bytes().putInt(0, ETHTOOL_GLINK).putInt(Integer.BYTES, 0);
    prepare(link);
    request.putAddress(NAME_BYTES, value, 0);
    int result = request.lend(at -> IOCTL.call(fd, SIOCETHTOOL, at));
    return result < 0 ? result : Math.min(1, value.bytes().getInt(Integer.BYTES) & 1);
  }

  private int call(String link, int operation) {
    prepare(link);
    return request.lend(at -> IOCTL.call(fd, operation, at));
  }

  private void prepare(String link) {
    ByteBuffer bytes = request.bytes();
    byte[] name = link.getBytes(StandardCharsets.UTF_8);
    bytes.put(0, new byte[REQUEST_BYTES]);
    // a name that is too long is that of no link, and not of another one
    bytes.put(0, name, 0, name.length < NAME_BYTES ? name.length : 0);
  }

  @Override
  public void close() {
    Libc.close(fd);
  }
}
