package org.jkeepalived.control;

import java.util.function.Consumer;
import org.jkeepalived.linux.SignalDescriptor;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.loop.EventLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads signals from a signalfd(2). They are blocked in every thread, and wait from the process's
 * first moment on until somebody reads.
 */
final class SignalReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SignalReader.class);

  private final SignalDescriptor descriptor;
  private final Consumer<ControlSignal> receiver;

  private SignalReader(SignalDescriptor descriptor, Consumer<ControlSignal> receiver) {
    this.descriptor = descriptor;
    this.receiver = receiver;
  }

  static SignalReader open(Consumer<ControlSignal> receiver) throws SystemCallException {
    return new SignalReader(
        SignalDescriptor.open(ControlSignals.numbers().toArray(new Integer[0])), receiver);
  }

  /** Passes them on from now on; to be called on the loop's thread. */
  void watch(EventLoop loop) {
    try {
      loop.watch(descriptor.fd(), this::receive);
    } catch (SystemCallException e) {
      LOG.error("{}", e.error());
    }
  }

  private void receive() {
    int number = descriptor.next();
    if (number != 0) {
      receiver.accept(ControlSignals.of(number));
    }
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
