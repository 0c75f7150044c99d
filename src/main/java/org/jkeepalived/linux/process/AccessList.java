package org.jkeepalived.linux.process;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;

/** Access control lists of files (acl(5)), which their mode does not show. */
public final class AccessList {

  private static final NativeFunction GETXATTR = NativeFunction.ofLibc("getxattr");
  private static final NativeMemory NAME = NativeMemory.ofString("system.posix_acl_access");

  // linux/posix_acl_xattr.h: a version, then entries of tag, permissions and number, little-endian
  private static final int HEADER_BYTES = 4;
  private static final int ENTRY_BYTES = 8;
  private static final int USER = 0x02;
  private static final int GROUP = 0x08;
  private static final int MASK = 0x10;
  private static final int WRITE = 2;
  private static final int ROOT = 0;

  /** What the kernel stores at most for one attribute. */
  private static final int MOST_BYTES = 64 * 1024;

  private AccessList() {}

  /** Whether a file has one. */
  public static boolean isOn(Path file) {
    return read(file, 0, 0) > 0;
  }

  /**
   * Whether a file has one that lets a user or a group write to it, other than root's, whom the
   * mode does not name. One that cannot be read does.
   */
  public static boolean letsOthersWrite(Path file) {
    int length = read(file, 0, 0);
    if (length <= 0) {
      return false;
    }
    NativeMemory list = NativeMemory.allocate(MOST_BYTES);
    int got = list.lend(at -> read(file, at, MOST_BYTES));
    if (got < 0) {
      return true;
    }
    byte[] bytes = new byte[got];
    list.bytes().get(0, bytes);
    return letsOthersWrite(bytes);
  }

  private static int read(Path file, long to, int room) {
    NativeMemory path = NativeMemory.ofString(file.toString());
    return path.lend(at -> NAME.lend(name -> GETXATTR.call(at, name, to, room)));
  }

  static boolean letsOthersWrite(byte[] list) {
    ByteBuffer bytes = ByteBuffer.wrap(list).order(ByteOrder.LITTLE_ENDIAN);
    boolean granted = false;
    boolean masked = false;
    for (int at = HEADER_BYTES; at + ENTRY_BYTES <= list.length; at += ENTRY_BYTES) {
      int tag = bytes.getShort(at);
      boolean writes = (bytes.getShort(at + 2) & WRITE) != 0;
      boolean named = (tag == USER || tag == GROUP) && bytes.getInt(at + 4) != ROOT;
      granted |= named && writes;
      masked |= tag == MASK && !writes;
    }
    return granted && !masked;
  }
}
