package org.jkeepalived.model.lvs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How IPVS chooses a real server: {@code lvs_sched}. */
public enum Scheduler {
  RR,
  WRR,
  LC,
  WLC,
  LBLC,
  LBLCR,
  SH,
  MH,
  DH,
  FO,
  OVF,
  SED,
  NQ;

  /** As it is written in a configuration and told to the kernel. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The scheduler of that name, in small letters; empty where there is none. */
  public static Optional<Scheduler> of(String text) {
    return Arrays.stream(values()).filter(one -> one.text().equals(text)).findFirst();
  }

  /** All names. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Scheduler::text).toList();
  }

  /** Whether it looks at the source's address and knows {@code sh-port} and its kin. */
  public boolean hashesSources() {
    return this == SH || this == MH;
  }
}
