package org.jkeepalived.vrrp.address;

import java.util.List;
import org.jkeepalived.kernel.KernelAddress;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.model.VrrpInstance;

/** What a virtual router holds in the kernel while it is master. */
public final class InstanceObjects {

  private InstanceObjects() {}

  /** In the order in which they are added. */
  public static List<KernelObject> of(VrrpInstance instance) {
    return KernelAddress.of(instance.addresses().all());
  }
}
