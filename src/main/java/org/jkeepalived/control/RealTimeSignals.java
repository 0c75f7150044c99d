package org.jkeepalived.control;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jkeepalived.linux.SignalDescriptor;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.loop.EventLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The signals that reach a Java process by a signalfd(2) only. */
final class RealTimeSignals implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RealTimeSignals.class);

  private final SignalDescriptor descriptor;
  private final Consumer<ControlSignal> receiver;

  private RealTimeSignals(SignalDescriptor descriptor, Consumer<ControlSignal> receiver) {
    this.descriptor = descriptor;
    this.receiver = receiver;
  }

  static RealTimeSignals open(Consumer<ControlSignal> receiver) throws SystemCallException {
    int[] numbers = ControlSignal.realTimeNumbers().stream().mapToInt(Integer::intValue).toArray();
    return new RealTimeSignals(SignalDescriptor.open(numbers), receiver);
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
    List<ControlSignal> all = Arrays.asList(ControlSignal.values());
    all.stream()
        .filter(signal -> signal.isRealTime() && signal.number() == number)
        .forEach(receiver);
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
