package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.LinkWatch;

/** {@code vrrp_instance}, as far as VRRP over IPv4 needs it. */
final class InstanceKeywords {

  private InstanceKeywords() {}

  static final Block<InstanceDraft> BLOCK =
      new Block<>(
          "vrrp_instance",
          election(),
          protocol(),
          Setting.ofInstances(InstanceSettings.ALL),
          accept(),
          InstanceAddressKeywords.table(),
          UnicastKeywords.table(),
          List.of(
              Keyword.block("authentication", AuthenticationKeywords.BLOCK)
                  .doc("a password, in version 2 only")),
          List.of(
              Keyword.<InstanceDraft>custom(
                      "lvs_sync_daemon_interface",
                      Arity.OPTIONAL,
                      "INTERFACE",
                      (line, i, report) -> i.syncDaemons.add(line))
                  .oldSpellingOf("lvs_sync_daemon")
                  .doc("the kernel's sync daemon follows this instance")),
          tracking(),
          TrackingKeywords.table(i -> i.tracking),
          InstanceRoutingKeywords.table(),
          ArrivalRoomKeywords.ofInstances(),
          NotificationKeywords.ofInstances(),
          VirtualLinkKeywords.ofInstances(),
          obstacles());

  static final Keyword<GlobalDraft> KEYWORD =
      Keyword.<GlobalDraft>custom(
              "vrrp_instance", Arity.BLOCK, "NAME", InstanceKeywords::readInstance)
          .opens(BLOCK)
          .doc("a virtual router: addresses that one of several machines holds");

  private static void readInstance(Statement statement, GlobalDraft globals, GrammarReport report) {
    if (statement.arguments().size() != 1) {
      report.warn(statement.keyword(), "no-instance-name", "vrrp_instance must have a name");
      return;
    }
    Token name = statement.arguments().get(0);
    if (globals.instances.containsKey(name.text())) {
      report.warn(name, "duplicate-instance", "vrrp instance " + name.text() + " already defined");
      return;
    }
    InstanceDraft draft = new InstanceDraft(name, globals.trackers, globals.routing);
    globals.instances.put(name.text(), draft);
    statement.block().ifPresent(block -> BLOCK.read(block.statements(), draft, report));
    UnicastKeywords.end(statement, draft, report);
    VirtualLinkCompletion.end(draft, globals.linkNames, report);
    draft.syncDaemons.forEach(line -> globals.director.sync.oldSpelling(line, draft, report));
    if (draft.linkPolled) {
      draft.interfaceName.ifPresent(
          link -> globals.links.polled.putIfAbsent(link.text(), LinkWatch.Polling.ANY));
    }
  }

  private static List<Keyword<InstanceDraft>> election() {
    return List.of(
        Keyword.<InstanceDraft>custom(
                "state", Arity.REQUIRED, "MASTER|BACKUP", InstanceKeywords::state)
            .standard("BACKUP")
            .doc("the state to begin in"),
        Keyword.<InstanceDraft, Integer>value(
                "priority",
                Argument.integer(1, 255),
                (i, priority) -> i.priority = OptionalInt.of(priority))
            .complains(
                "({name}) Priority not valid! must be between 1 & 255. Using default 100",
                (i, text) -> Optional.of(100))
            .standard("100", "255 with state MASTER")
            .doc("the highest becomes master; 255 is the owner of the addresses"),
        Keyword.<InstanceDraft>flag("preempt", i -> i.preempt = true)
            .doc("replace a lower-priority master"),
        Keyword.<InstanceDraft>flag("nopreempt", i -> i.preempt = false)
            .doc("leave a lower-priority master alone"),
        Keyword.<InstanceDraft, Long>value(
                "preempt_delay",
                Argument.seconds("0", "1000"),
                (i, nanos) -> i.preemptDelayNanos = nanos)
            .complainsOfNumbers("({name}) Preempt_delay not valid! must be between 0-1000")
            .standard("0")
            .doc("seconds to wait before replacing a lower-priority master"),
        new Keyword.Value<InstanceDraft, Integer>(
                "timer_expired_backup",
                Arity.OPTIONAL,
                Argument.integer(1, 254),
                Optional.of(254),
                (i, priority) -> i.timerExpiredBackupPriority = OptionalInt.of(priority))
            .complains("({name}): Invalid timer_expired_backup [1:254] '{value}'")
            .doc("the highest priority of others: step back when one may have taken over"),
        new Keyword.Value<InstanceDraft, Integer>(
                "thread_timer_expired",
                Arity.OPTIONAL,
                Argument.integer(1, 254),
                Optional.of(254),
                (i, priority) -> i.timerExpiredBackupPriority = OptionalInt.of(priority))
            .complains("({name}): Invalid thread_timer_expired [1:254] '{value}'")
            .doc("the highest priority of others: step back when one may have taken over")
            .replacedBy(
                "timer_expired_backup",
                "Keyword \"thread_timer_expired\" is deprecated - please use"
                    + " \"timer_expired_backup\""));
  }

  private static List<Keyword<InstanceDraft>> protocol() {
    return List.of(
        Keyword.<InstanceDraft>custom(
                "interface", Arity.REQUIRED, "LINK", InstanceKeywords::interfaceName)
            .doc(
                "the link that the virtual router speaks on; with peers it may be left out, and"
                    + " the kernel finds the way to them"),
        Keyword.<InstanceDraft>custom("vrf", Arity.REQUIRED, "LINK", InstanceKeywords::vrf)
            .doc("the VRF that the peers are reached through, where no interface is named"),
        Keyword.<InstanceDraft, Integer>value(
                "virtual_router_id",
                Argument.integer(1, 255),
                (i, id) -> i.virtualRouterId = OptionalInt.of(id))
            .complains("({name}): VRID '{value}' not valid - must be between 1 & 255")
            .doc("what tells this virtual router from others on the same link"),
        Keyword.<InstanceDraft, Long>value(
                "advert_int",
                Argument.seconds("0.01", "255"),
                (i, nanos) -> i.advertIntervalNanos = Optional.of(nanos))
            .complains("({name}) Advert interval ({value}) not valid! Must be > 0 - ignoring")
            .standard("1")
            .doc("seconds between two advertisements; version 3 knows hundredths"),
        Keyword.<InstanceDraft, Integer>value("debug", Argument.integer(0, 4), (i, level) -> {})
            .complains("({name}) Debug value '{value}' not valid; must be between 0-4")
            .inert()
            .doc("how much is told for those who debug keepalived"));
  }

  private static List<Keyword<InstanceDraft>> accept() {
    return List.of(
        Keyword.<InstanceDraft>flag("accept", i -> i.accept = Optional.of(true))
            .doc("the addresses answer although this is not their owner"),
        Keyword.<InstanceDraft>flag("no_accept", i -> i.accept = Optional.of(false))
            .doc("the addresses do not answer unless this is their owner"));
  }

  private static List<Keyword<InstanceDraft>> tracking() {
    return List.of(
        Keyword.<InstanceDraft>flag("dont_track_primary", i -> i.trackPrimaryLink = false)
            .doc("its own link down is no fault"),
        Keyword.<InstanceDraft>flag("track_src_ip", i -> i.trackSource = true)
            .doc("the address of mcast_src_ip missing is a fault"),
        Keyword.<InstanceDraft>custom(
                "linkbeat_use_polling",
                Arity.FLAG,
                "",
                (statement, i, report) -> {
                  i.linkPolled = true;
                  report.at(
                      statement.keyword(),
                      Severity.WARNING,
                      "deprecated-keyword",
                      "("
                          + i.name()
                          + ") 'linkbeat_use_polling' in vrrp instance deprecated"
                          + " - use linkbeat_interfaces block",
                      "write 'linkbeat_interfaces' instead");
                })
            .oldSpellingOf("linkbeat_interfaces")
            .doc("ask for the state of the instance's link"));
  }

  /** What changes how the instance speaks: without it, it must not speak at all. */
  private static List<Keyword<InstanceDraft>> obstacles() {
    return List.of(HmacKeywords.keyword());
  }

  private static void state(Statement statement, InstanceDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    draft.initialMaster = Optional.of(word.is("MASTER"));
    if (!word.is("MASTER") && !word.is("BACKUP")) {
      report.at(
          word,
          Severity.WARNING,
          "bad-state",
          "(" + draft.name() + ") unknown state '" + word.text() + "', defaulting to BACKUP",
          "write MASTER or BACKUP, in capitals");
    }
  }

  private static void vrf(Statement statement, InstanceDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    if (draft.interfaceName.isPresent()) {
      report.warn(
          word,
          "vrf-with-interface",
          "(" + draft.name() + ") Cannot specify VRF interface and interface - ignoring");
    } else {
      draft.vrf = Optional.of(word);
    }
  }

  private static void interfaceName(
      Statement statement, InstanceDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    if (word.is("lo")) {
      draft.interfaceName = Optional.empty();
      report.warn(
          word,
          "bad-interface",
          "(" + draft.name() + ") cannot use a loopback interface (lo) for vrrp - ignoring");
    } else {
      draft.interfaceName = Optional.of(word);
    }
  }
}
