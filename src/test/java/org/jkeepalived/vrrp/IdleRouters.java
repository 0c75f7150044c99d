package org.jkeepalived.vrrp;

/** Virtual routers that nobody drives, for whoever only looks at them. */
public final class IdleRouters {

  private IdleRouters() {}

  /** One of them, which has not started. */
  public static VirtualRouters one() {
    return new RoutersRig(TestConfiguration.of(TestInstance.of())).routers();
  }
}
