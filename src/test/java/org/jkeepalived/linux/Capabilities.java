package org.jkeepalived.linux;

/** Rights, which Linux gives to threads. */
public final class Capabilities {
  private static final NativeFunction CAPSET = NativeFunction.ofLibc("capset");
  private static final int VERSION_3 = 0x20080522;

  private Capabilities() {}

  /** Takes all rights from the calling thread, for good. */
  public static void dropAll() throws SystemCallException {
    NativeMemory header = NativeMemory.allocate(8);
    header.bytes().putInt(0, VERSION_3);
    NativeMemory none = NativeMemory.allocate(24);
    SystemCallException.check(
        "capset", header.lend(at -> none.lend(rights -> CAPSET.call(at, rights))));
  }
}
