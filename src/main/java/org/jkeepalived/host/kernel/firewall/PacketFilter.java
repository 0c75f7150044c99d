package org.jkeepalived.host.kernel.firewall;

import java.util.List;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelResult;

/** One of the kernel's packet filters. One thread at a time. */
interface PacketFilter extends AutoCloseable {

  /** Carries out requests for filters and blocks; answers in their order. */
  List<KernelResult> write(List<KernelRequest> requests);

  @Override
  void close();
}
