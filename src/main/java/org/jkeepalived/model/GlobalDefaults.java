package org.jkeepalived.model;

import java.util.Objects;
import java.util.Optional;

/**
 * What {@code global_defs} says of instances, servers and scripts that say nothing themselves. It
 * stands in each of them already; here it is once more, for dumps to tell.
 *
 * @param instance of instances
 * @param mail of who is told by mail
 * @param links of links
 * @param scripts of scripts
 */
public record GlobalDefaults(OfInstances instance, Mail mail, Links links, Scripts scripts) {

  /** Where nothing is said. */
  public static final GlobalDefaults STANDARD =
      new GlobalDefaults(
          new OfInstances(
              VrrpInstance.Protocol.STANDARD,
              VrrpInstance.Conduct.STANDARD,
              Announcements.STANDARD,
              "224.0.0.18",
              "ff02::12",
              false),
          new Mail(Optional.empty(), Optional.empty(), Optional.empty(), false, true),
          new Links(false, false, "eth0"),
          new Scripts(false, new Account("root", Optional.empty(), false)));

  public GlobalDefaults {
    Objects.requireNonNull(instance);
    Objects.requireNonNull(mail);
    Objects.requireNonNull(links);
    Objects.requireNonNull(scripts);
  }

  /**
   * Of instances.
   *
   * @param group4 {@code vrrp_mcast_group4}
   * @param group6 {@code vrrp_mcast_group6}
   * @param priorityChanges {@code vrrp_notify_priority_changes}
   */
  public record OfInstances(
      VrrpInstance.Protocol protocol,
      VrrpInstance.Conduct conduct,
      Announcements announcements,
      String group4,
      String group6,
      boolean priorityChanges) {
    public OfInstances {
      Objects.requireNonNull(protocol);
      Objects.requireNonNull(conduct);
      Objects.requireNonNull(announcements);
      Objects.requireNonNull(group4);
      Objects.requireNonNull(group6);
    }
  }

  /**
   * Of mail.
   *
   * @param alert {@code smtp_alert}
   * @param vrrp {@code smtp_alert_vrrp}
   * @param checker {@code smtp_alert_checker}
   * @param allFailures {@code checker_log_all_failures}
   * @param eachCheck not {@code no_checker_emails}
   */
  public record Mail(
      Optional<Boolean> alert,
      Optional<Boolean> vrrp,
      Optional<Boolean> checker,
      boolean allFailures,
      boolean eachCheck) {
    public Mail {
      Objects.requireNonNull(alert);
      Objects.requireNonNull(vrrp);
      Objects.requireNonNull(checker);
    }
  }

  /**
   * Of links.
   *
   * @param dynamic {@code dynamic_interfaces}
   * @param mayChange {@code dynamic_interfaces allow_if_changes}
   * @param standard {@code default_interface}
   */
  public record Links(boolean dynamic, boolean mayChange, String standard) {
    public Links {
      Objects.requireNonNull(standard);
    }
  }

  /**
   * Of scripts.
   *
   * @param secured {@code enable_script_security}
   * @param account whom they run as
   */
  public record Scripts(boolean secured, Account account) {
    public Scripts {
      Objects.requireNonNull(account);
    }
  }
}
