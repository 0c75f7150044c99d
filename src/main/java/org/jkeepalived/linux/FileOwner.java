package org.jkeepalived.linux;

import java.io.IOException;
import java.lang.ref.Reference;
import org.jkeepalived.model.Account;

/**
 * An owner of files, in the kernel's numbers.
 *
 * @param user the user's number
 * @param group the group's number
 */
record FileOwner(int user, int group) {
  private static final NativeFunction GETPWNAM = NativeFunction.ofLibc("getpwnam");
  private static final NativeFunction GETGRNAM = NativeFunction.ofLibc("getgrnam");

  // struct passwd and struct group: two pointers, then numbers
  private static final int FIRST_NUMBER = 16;
  private static final int SECOND_NUMBER = 20;

  /**
   * Looks an account up.
   *
   * @throws IOException if there is no such user or group
   */
  static FileOwner of(Account account) throws IOException {
    long user = find(GETPWNAM, "user", account.user());
    int group =
        account.group().isPresent()
            ? NativeMemory.intAt(find(GETGRNAM, "group", account.group().get()) + FIRST_NUMBER)
            : NativeMemory.intAt(user + SECOND_NUMBER);
    // after the group has been found: its entry has a place of its own
    return new FileOwner(NativeMemory.intAt(user + FIRST_NUMBER), group);
  }

  private static long find(NativeFunction function, String what, String name) throws IOException {
    NativeMemory text = NativeMemory.ofString(name);
    long entry = function.callForAddress(text.address());
    Reference.reachabilityFence(text);
    if (entry == 0) {
      throw new IOException("there is no " + what + " " + name);
    }
    return entry;
  }
}
