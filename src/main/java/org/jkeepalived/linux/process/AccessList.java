package org.jkeepalived.linux.process;

import java.nio.file.Path;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;

/** Access control lists of files (acl(5)), which their mode does not show. */
public final class AccessList {

  private static final NativeFunction GETXATTR = NativeFunction.ofLibc("getxattr");
  private static final NativeMemory NAME = NativeMemory.ofString("system.posix_acl_access");

  private AccessList() {}

  /** Whether a file has one. */
  public static boolean isOn(Path file) {
    NativeMemory path = NativeMemory.ofString(file.toString());
    return path.lend(at -> NAME.lend(name -> GETXATTR.call(at, name, 0, 0))) > 0;
  }
}
