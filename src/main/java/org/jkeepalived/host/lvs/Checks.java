package org.jkeepalived.host.lvs;

import org.jkeepalived.lvs.check.RunningCheck;
import org.jkeepalived.model.lvs.TlsFiles;

/** Makes checks that ask servers over the network, and scripts. Lives on the thread of the checks. */
public interface Checks extends RunningCheck.Maker {

  /** What encrypted checks show of this machine from now on, and whom they believe. */
  void configure(TlsFiles tls);

  /** Ends what asks. Callable from any thread. */
  void close();
}
