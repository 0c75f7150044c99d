package org.jkeepalived.linux.process;

import com.kenai.jffi.MemoryIO;
import com.kenai.jffi.Type;
import java.nio.charset.StandardCharsets;

/** What the process changes about itself. */
public final class OwnProcess {

  private static final int RLIMIT_CORE = 4;
  private static final long RLIM_INFINITY = -1L;
  private static final int O_RDWR = 2;
  private static final int STANDARD_STREAMS = 3;

  private OwnProcess() {}

  /**
   * Sets the mask of permissions that new files do not get.
   *
   * @param mask from 0 to 0777
   * @return the mask until now
   */
  public static int umask(int mask) {
    return (int) NativeFunction.find("umask", Type.UINT, Type.UINT).call(mask);
  }

  /** Lifts the limit on core files, soft and hard. */
  public static void allowCoreDumps() throws SystemCallException {
    NativeFunction setrlimit = NativeFunction.find("setrlimit", Type.SINT, Type.SINT, Type.POINTER);
    MemoryIO memory = MemoryIO.getInstance();
    long limits = memory.allocateMemory(2L * Long.BYTES, true);
    try {
      memory.putLong(limits, RLIM_INFINITY);
      memory.putLong(limits + Long.BYTES, RLIM_INFINITY);
      require(setrlimit, setrlimit.call(RLIMIT_CORE, limits));
    } finally {
      memory.freeMemory(limits);
    }
  }

  /**
   * Leaves the terminal, the session and the directory that the process was started from: a
   * background process for good. Standard streams lead nowhere from then on.
   */
  static void detach() throws SystemCallException {
    // it fails where the launcher was made a session's leader already, which is as good
    NativeFunction.find("setsid", Type.SINT).call();
    withText("/", OwnProcess::changeDirectory);
    withText("/dev/null", OwnProcess::redirectStreams);
  }

  private static void changeDirectory(long path) throws SystemCallException {
    NativeFunction chdir = NativeFunction.find("chdir", Type.SINT, Type.POINTER);
    require(chdir, chdir.call(path));
  }

  private static void redirectStreams(long path) throws SystemCallException {
    NativeFunction open =
        NativeFunction.find("open", Type.SINT, Type.POINTER, Type.SINT, Type.UINT);
    NativeFunction dup2 = NativeFunction.find("dup2", Type.SINT, Type.SINT, Type.SINT);
    long descriptor = (int) open.call(path, O_RDWR, 0);
    require(open, descriptor);
    for (int stream = 0; stream < STANDARD_STREAMS; stream++) {
      require(dup2, dup2.call(descriptor, stream));
    }
    if (descriptor >= STANDARD_STREAMS) {
      NativeFunction.find("close", Type.SINT, Type.SINT).call(descriptor);
    }
  }

  private static void require(NativeFunction function, long result) throws SystemCallException {
    if ((int) result < 0) {
      throw function.failure();
    }
  }

  /** A call with a C string. */
  private interface TextCall {
    void with(long pointer) throws SystemCallException;
  }

  private static void withText(String text, TextCall call) throws SystemCallException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    MemoryIO memory = MemoryIO.getInstance();
    long pointer = memory.allocateMemory(bytes.length + 1L, true);
    try {
      memory.putByteArray(pointer, bytes, 0, bytes.length);
      call.with(pointer);
    } finally {
      memory.freeMemory(pointer);
    }
  }
}
