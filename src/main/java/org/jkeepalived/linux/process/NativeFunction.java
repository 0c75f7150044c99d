package org.jkeepalived.linux.process;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;

/**
 * A function of the C library that the process already has loaded.
 *
 * <p>All its parameters and its result are integers or pointers.
 */
final class NativeFunction {

  private static final int MAXIMUM_PARAMETERS = 6;

  private final String name;
  private final long address;
  private final CallContext context;
  private final int parameters;

  private NativeFunction(String name, long address, CallContext context, int parameters) {
    this.name = name;
    this.address = address;
    this.context = context;
    this.parameters = parameters;
  }

  /**
   * Looks the function up.
   *
   * @throws UnsatisfiedLinkError if the C library has no such function
   */
  static NativeFunction find(String name, Type result, Type... parameters) {
    if (parameters.length > MAXIMUM_PARAMETERS) {
      throw new IllegalArgumentException(name + " has " + parameters.length + " parameters");
    }
    long address = Library.getDefault().getSymbolAddress(name);
    if (address == 0) {
      throw new UnsatisfiedLinkError("the C library has no " + name);
    }
    CallContext context =
        CallContext.getCallContext(result, parameters, CallingConvention.DEFAULT, true);
    return new NativeFunction(name, address, context, parameters.length);
  }

  long call() {
    requireParameters(0);
    return Invoker.getInstance().invokeN0(context, address);
  }

  long call(long first) {
    requireParameters(1);
    return Invoker.getInstance().invokeN1(context, address, first);
  }

  long call(long first, long second) {
    requireParameters(2);
    return Invoker.getInstance().invokeN2(context, address, first, second);
  }

  long call(long first, long second, long third) {
    requireParameters(3);
    return Invoker.getInstance().invokeN3(context, address, first, second, third);
  }

  long call(long first, long second, long third, long fourth, long fifth, long sixth) {
    requireParameters(6);
    return Invoker.getInstance()
        .invokeN6(context, address, first, second, third, fourth, fifth, sixth);
  }

  /** What the last call in this thread, which failed, left in {@code errno}. */
  SystemCallException failure() {
    return new SystemCallException(name, LastError.getInstance().get());
  }

  private void requireParameters(int count) {
    if (count != parameters) {
      throw new IllegalArgumentException(name + " has " + parameters + " parameters");
    }
  }
}
