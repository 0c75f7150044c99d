package org.jkeepalived.linux.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.model.Account;
import org.jkeepalived.script.Credentials;

/**
 * Users and groups as the C library finds them, in files or wherever the name service switch looks.
 * That may take its time, and one thread at a time asks.
 */
public final class AccountTable {

  private static final NativeFunction GETPWNAM = NativeFunction.ofLibc("getpwnam_r");
  private static final NativeFunction GETGRNAM = NativeFunction.ofLibc("getgrnam_r");
  private static final NativeFunction GETGRGID = NativeFunction.ofLibc("getgrgid_r");
  private static final NativeFunction GETGROUPLIST = NativeFunction.ofLibc("getgrouplist");
  private static final NativeFunction GETGROUPS = NativeFunction.ofLibc("getgroups");

  // struct passwd: name, password, uid, gid; struct group: name, password, gid
  private static final int PASSWD_UID = 16;
  private static final int PASSWD_GID = 20;
  private static final int GROUP_GID = 16;
  private static final int STRUCT_BYTES = 64;

  private static final int FIRST_BUFFER_BYTES = 4096;
  private static final int LAST_BUFFER_BYTES = 1 << 22;
  private static final int MOST_GROUPS = 65_536;

  private final NativeMemory entry = NativeMemory.allocate(STRUCT_BYTES);
  private final NativeMemory result = NativeMemory.allocate(Long.BYTES);
  private NativeMemory buffer = NativeMemory.allocate(FIRST_BUFFER_BYTES);

  /**
   * The answer for an account.
   *
   * @param account the account, if it is known
   * @param reason why it is not
   */
  public record Found(Optional<RunAs> account, String reason) {}

  /** Looks an account up. */
  public synchronized Found find(Account account) {
    if (!lookUp(GETPWNAM, account.user())) {
      return unknown("Script user '" + account.user() + "' does not exist");
    }
    int user = entry.bytes().getInt(PASSWD_UID);
    int primary = entry.bytes().getInt(PASSWD_GID);
    OptionalInt group = account.group().map(this::groupNumber).orElse(OptionalInt.of(primary));
    if (group.isEmpty()) {
      return unknown("Script group '" + account.group().orElse("") + "' does not exist");
    }
    int number = group.getAsInt();
    // COMPAT: without set_supplementary_groups, the one group and no other
    List<Integer> groups =
        account.supplementaryGroups() ? groupsOf(account.user(), number) : List.of(number);
    return new Found(
        Optional.of(
            new RunAs(
                new Credentials(user, number, groups),
                account.user(),
                groupName(number),
                groups.stream().map(this::groupName).toList())),
        "");
  }

  private static Found unknown(String reason) {
    return new Found(Optional.empty(), reason);
  }

  /** The number of the user that this process acts as. */
  public static int ownUser() {
    return NativeFunction.ofLibc("geteuid").call();
  }

  /** This process's own, with the groups that it has. */
  public static Credentials own() {
    NativeMemory list = NativeMemory.allocate(MOST_GROUPS * Integer.BYTES);
    int count = list.lend(at -> GETGROUPS.call(MOST_GROUPS, at));
    List<Integer> groups = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      groups.add(list.bytes().getInt(i * Integer.BYTES));
    }
    return new Credentials(ownUser(), NativeFunction.ofLibc("getegid").call(), groups);
  }

  /** The number of a group; empty if there is none of that name. */
  public synchronized OptionalInt groupNumber(String name) {
    return lookUp(GETGRNAM, name)
        ? OptionalInt.of(entry.bytes().getInt(GROUP_GID))
        : OptionalInt.empty();
  }

  private String groupName(int number) {
    return lookUp(GETGRGID, number)
        ? buffer.stringAt(entry.bytes().getLong(0))
        : Integer.toUnsignedString(number);
  }

  private List<Integer> groupsOf(String user, int group) {
    NativeMemory name = NativeMemory.ofString(user);
    NativeMemory list = NativeMemory.allocate(MOST_GROUPS * Integer.BYTES);
    NativeMemory count = NativeMemory.allocate(Integer.BYTES);
    count.bytes().putInt(0, MOST_GROUPS);
    name.lend(
        at -> list.lend(to -> count.lend(number -> GETGROUPLIST.call(at, group, to, number))));
    List<Integer> groups = new ArrayList<>();
    for (int i = 0; i < Math.min(count.bytes().getInt(0), MOST_GROUPS); i++) {
      groups.add(list.bytes().getInt(i * Integer.BYTES));
    }
    return groups;
  }

  private boolean lookUp(NativeFunction function, String name) {
    return NativeMemory.ofString(name).lend(key -> lookUpBy(function, key)) != 0;
  }

  private boolean lookUp(NativeFunction function, int number) {
    return lookUpBy(function, number) != 0;
  }

  /**
   * Leaves the entry in {@link #entry}, its strings in {@link #buffer}.
   *
   * @return 0 if there is none
   */
  private int lookUpBy(NativeFunction function, long key) {
    while (true) {
      result.bytes().putLong(0, 0);
      int error = ask(function, key);
      if (error == Errno.ERANGE && buffer.length() < LAST_BUFFER_BYTES) {
        buffer = NativeMemory.allocate(2 * buffer.length());
      } else if (error != Errno.EINTR) {
        return error == 0 && result.bytes().getLong(0) != 0 ? 1 : 0;
      }
    }
  }

  private int ask(NativeFunction function, long key) {
    return entry.lend(
        to ->
            buffer.lend(
                strings ->
                    result.lend(found -> function.call(key, to, strings, buffer.length(), found))));
  }
}
