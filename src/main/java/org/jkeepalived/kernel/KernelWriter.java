package org.jkeepalived.kernel;

import java.util.List;
import org.jkeepalived.model.ReceiveBuffer;

/** Who asks the kernel. It may block for as long as somebody else keeps the kernel busy. */
public interface KernelWriter extends AutoCloseable {

  /**
   * Carries out the requests in their order; one that fails does not stop those after it.
   *
   * @return a result for each request, in the same order
   */
  List<KernelResult> write(List<KernelRequest> requests);

  /** Sets how much of the kernel's answers may wait to be read. */
  default void makeRoom(ReceiveBuffer room) {}

  @Override
  void close();
}
