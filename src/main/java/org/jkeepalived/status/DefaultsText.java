package org.jkeepalived.status;

import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.model.Announcements;
import org.jkeepalived.model.ArrivalRoom;
import org.jkeepalived.model.GlobalDefaults;
import org.jkeepalived.model.VrrpInstance;

/** What the dump's first section tells of {@code global_defs} that stands for others to inherit. */
final class DefaultsText {

  private final GlobalDefaults defaults;
  private final CommandText commands;
  private final Consumer<String> lines;

  DefaultsText(GlobalDefaults defaults, CommandText commands, Consumer<String> lines) {
    this.defaults = defaults;
    this.commands = commands;
    this.lines = lines;
  }

  void mail() {
    GlobalDefaults.Mail mail = defaults.mail();
    line("Default smtp_alert = " + said(mail.alert()));
    line("Default smtp_alert_vrrp = " + said(mail.vrrp()));
    line("Default smtp_alert_checker = " + said(mail.checker()));
    line("Checkers log all failures = " + mail.allFailures());
  }

  private static String said(Optional<Boolean> answer) {
    return answer.map(on -> on ? "on" : "off").orElse("unset");
  }

  void dynamicLinks() {
    GlobalDefaults.Links links = defaults.links();
    line("Dynamic interfaces = " + links.dynamic());
    if (links.dynamic()) {
      line("Allow interface changes = " + links.mayChange());
    }
  }

  void standardLink() {
    line("Default interface = " + defaults.links().standard());
  }

  void instances() {
    GlobalDefaults.OfInstances of = defaults.instance();
    line("VRRP notify priority changes = " + of.priorityChanges());
    line("VRRP IPv4 mcast group = " + of.group4());
    line("VRRP IPv6 mcast group = " + of.group6());
    announcements(of.announcements());
    line("Num adverts before down = " + of.protocol().downTimerAdverts());
    Announcements.OtherLinks others = of.announcements().otherLinks();
    line(
        "Gratuitous ARP for each secondary "
            + (others.all() ? "i/f" : "VMAC")
            + " = "
            + Durations.wholeSeconds(others.refreshNanos())
            + "s");
    VrrpInstance.Conduct conduct = of.conduct();
    line("Send advert after receive lower priority advert = " + !conduct.lowerPriorityNoAdvert());
    line(
        "Send advert after receive higher priority advert = " + conduct.higherPrioritySendAdvert());
    line("Gratuitous ARP interval = " + Durations.fraction(of.announcements().intervalNanos()));
    line(
        "Gratuitous NA interval = "
            + Durations.fraction(of.announcements().neighbourIntervalNanos()));
    line("VRRP default protocol version = " + of.protocol().version());
    line("VRRP check unicast_src = " + of.protocol().unicast().checkSource());
    line("VRRP skip check advert addresses = " + conduct.skipCheckAddresses());
    line("VRRP strict mode = " + conduct.strict());
  }

  private void announcements(Announcements garp) {
    line("Gratuitous ARP delay = " + Durations.wholeSeconds(garp.delayNanos()));
    line("Gratuitous ARP repeat = " + garp.repeat());
    line("Gratuitous ARP refresh timer = " + Durations.wholeSeconds(garp.refreshNanos()));
    line("Gratuitous ARP refresh repeat = " + garp.refreshRepeat());
    line(
        "Gratuitous ARP lower priority delay = "
            + Durations.wholeSeconds(garp.lowerPriorityDelayNanos()));
    line("Gratuitous ARP lower priority repeat = " + garp.lowerPriorityRepeat());
  }

  void scripts() {
    GlobalDefaults.Scripts scripts = defaults.scripts();
    line("Script security " + (scripts.secured() ? "enabled" : "disabled"));
    line("Default script uid:gid " + commands.ids(scripts.account()));
  }

  void checks() {
    line("no_checker_emails = " + (defaults.mail().eachCheck() ? 0 : 1));
  }

  void rooms() {
    ArrivalRoom room = defaults.instance().conduct().room();
    switch (room.unit()) {
      case STANDARD, OWN_BYTES -> {}
      case BYTES -> line("rx_bufs_size = " + room.amount());
      case MTU, ADVERT -> {
        line("rx_bufs_policy = " + room.unit());
        line("rx_bufs_multiples = " + room.amount());
      }
    }
  }

  private void line(String text) {
    lines.accept(text);
  }
}
