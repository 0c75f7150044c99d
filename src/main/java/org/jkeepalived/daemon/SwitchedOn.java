package org.jkeepalived.daemon;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.model.Reporting;
import org.jkeepalived.model.Trackers;
import org.jkeepalived.model.lvs.Director;

/** A configuration without the parts that the command line switches off. */
final class SwitchedOn {

  private SwitchedOn() {}

  /**
   * @param whole as the file has it
   * @param subsystems what the command line leaves of it
   */
  static Configuration of(Configuration whole, DaemonOptions.Subsystems subsystems) {
    Configuration routers = subsystems.vrrp() ? whole : withoutVrrp(whole);
    return subsystems.checkers() ? routers : withoutCheckers(routers);
  }

  private static Configuration withoutVrrp(Configuration whole) {
    Reporting reporting = whole.reporting();
    return new Configuration(
        whole.globals(),
        List.of(),
        List.of(),
        Trackers.NONE,
        LinkWatch.KERNEL,
        new Reporting(
            reporting.all(),
            Optional.empty(),
            reporting.lvs(),
            reporting.statesOnReload(),
            reporting.mail(),
            reporting.dumps()),
        whole.life(),
        whole.director());
  }

  private static Configuration withoutCheckers(Configuration whole) {
    Reporting reporting = whole.reporting();
    return new Configuration(
        whole.globals(),
        whole.instances(),
        whole.groups(),
        whole.trackers(),
        whole.links(),
        new Reporting(
            reporting.all(),
            reporting.vrrp(),
            Optional.empty(),
            reporting.statesOnReload(),
            reporting.mail(),
            reporting.dumps()),
        whole.life(),
        Director.NONE);
  }
}
