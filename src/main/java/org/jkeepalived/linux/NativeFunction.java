package org.jkeepalived.linux;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;
import java.util.Arrays;
import java.util.Optional;

/**
 * A C function whose arguments and result are integers or addresses. The address of memory of ours
 * is lent to it by {@link NativeMemory#lend}, which keeps that memory during the call.
 *
 * <p>It is called through jffi, the layer beneath jnr-ffi: a call costs the same, but nothing is
 * generated when the program starts (55 ms instead of 155 ms until the first call, C1 only).
 *
 * <p>Every argument travels as a sign-extended 64-bit register, which is what the calling
 * conventions of the 64-bit machines ask for, of variadic functions too. There is no support for
 * 32-bit machines.
 */
public final class NativeFunction {
  private static final Invoker INVOKER = Invoker.getInstance();
  private static final LastError LAST_ERROR = LastError.getInstance();
  private static final CallContext CONTEXT_0 = context(0);
  private static final CallContext CONTEXT_1 = context(1);
  private static final CallContext CONTEXT_2 = context(2);
  private static final CallContext CONTEXT_3 = context(3);
  private static final CallContext CONTEXT_4 = context(4);
  private static final CallContext CONTEXT_5 = context(5);
  private static final CallContext CONTEXT_6 = context(6);

  private final long address;

  private NativeFunction(long address) {
    this.address = address;
  }

  /** A function of the C library, which every process has loaded. */
  public static NativeFunction ofLibc(String name) {
    return find(Library.getDefault(), name);
  }

  /** A function that not every release of the C library has. */
  public static Optional<NativeFunction> ofLibcIfPresent(String name) {
    long address = Library.getDefault().getSymbolAddress(name);
    return address == 0 ? Optional.empty() : Optional.of(new NativeFunction(address));
  }

  /**
   * A function of another library.
   *
   * @param library the file's name, such as {@code libpcap.so.0.8}
   */
  public static NativeFunction of(String library, String name) {
    Library loaded = Library.getCachedInstance(library, Library.LAZY | Library.GLOBAL);
    if (loaded == null) {
      throw new UnsatisfiedLinkError(library + ": " + Library.getLastError());
    }
    return find(loaded, name);
  }

  private static NativeFunction find(Library library, String name) {
    long address = library.getSymbolAddress(name);
    if (address == 0) {
      throw new UnsatisfiedLinkError(name);
    }
    return new NativeFunction(address);
  }

  private static CallContext context(int arguments) {
    Type[] types = new Type[arguments];
    Arrays.fill(types, Type.SINT64);
    return CallContext.getCallContext(Type.SINT64, types, CallingConvention.DEFAULT, true);
  }

  /** Calls it. An {@code int} result of -1 comes back as the negated error number. */
  public int call() {
    return result(INVOKER.invokeN0(CONTEXT_0, address));
  }

  public int call(long a) {
    return result(INVOKER.invokeN1(CONTEXT_1, address, a));
  }

  public int call(long a, long b) {
    return result(INVOKER.invokeN2(CONTEXT_2, address, a, b));
  }

  public int call(long a, long b, long c) {
    return result(INVOKER.invokeN3(CONTEXT_3, address, a, b, c));
  }

  public int call(long a, long b, long c, long d) {
    return result(INVOKER.invokeN4(CONTEXT_4, address, a, b, c, d));
  }

  public int call(long a, long b, long c, long d, long e) {
    return result(INVOKER.invokeN5(CONTEXT_5, address, a, b, c, d, e));
  }

  public int call(long a, long b, long c, long d, long e, long f) {
    return result(INVOKER.invokeN6(CONTEXT_6, address, a, b, c, d, e, f));
  }

  /** Calls it; the {@code int} result is handed on as it is. */
  public int callRaw(long a, long b, long c) {
    return (int) INVOKER.invokeN3(CONTEXT_3, address, a, b, c);
  }

  /** Calls it; the result is an address. */
  public long callForAddress(long a) {
    return INVOKER.invokeN1(CONTEXT_1, address, a);
  }

  // the upper half of a register that holds an int is not defined, and ssize_t results fit an int
  private static int result(long register) {
    int value = (int) register;
    return value == -1 ? -LAST_ERROR.get() : value;
  }
}
