package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.SourceLoader;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.GlobalDefaults;
import org.jkeepalived.model.GlobalDefinitions;
import org.jkeepalived.model.LifeScripts;
import org.jkeepalived.model.Oversight;
import org.jkeepalived.model.Processes;
import org.jkeepalived.model.Reporting;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Trackers;
import org.jkeepalived.model.TrackingInstances;
import org.jkeepalived.model.VirtualLink;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.routing.VrfLookup;
import org.jkeepalived.script.ScriptLookup;

/** Reads the statements of a whole configuration into the model. Never throws on input. */
public final class Grammar {

  /** The code of the diagnostic about scripts that would run as root unprotected. */
  public static final String SCRIPT_SECURITY_CODE = "script-security";

  /** The code of the diagnostic about a keyword whose parameter is missing. */
  public static final String MISSING_PARAMETER_CODE = "missing-parameter";

  /** Whether a diagnostic tells what keepalived's own {@code -t} does not look at. */
  public static boolean isAside(Diagnostic diagnostic) {
    return diagnostic.code().startsWith(GrammarReport.ASIDE);
  }

  private static final String OWN = "jkeepalived";

  private final String hostName;
  private final Optional<Set<String>> links;
  private final SourceLoader files;
  private final GrammarReport report = new GrammarReport();
  private final GlobalDraft globals;

  /** What blocks are called whose keyword is unknown: it may be misspelt. */
  private final Set<String> unknownBlocks = new LinkedHashSet<>();

  private Grammar(Machine machine) {
    globals =
        new GlobalDraft(
            new IprouteNames(machine.files(), machine.vrfs()),
            new VirtualLinkNames(machine.linkMac()));
    hostName = machine.hostName();
    links = machine.links();
    files = machine.files();
    globals.processors = machine.processors();
    globals.mtu = link -> AdvertisedAddresses.mtu(machine.files(), link);
  }

  /**
   * What there is to know about the machine.
   *
   * @param hostName the default of {@code router_id}
   * @param links the links that exist, to warn about others; empty to say nothing about links
   * @param processors how many it has, numbered from 0
   * @param files where the names of tables and protocols stand
   * @param linkMac the MAC address of the link of that name, in lower case; empty for no such link
   * @param vrfs the links that routes name as their VRF
   */
  public record Machine(
      String hostName,
      Optional<Set<String>> links,
      int processors,
      SourceLoader files,
      Function<String, Optional<String>> linkMac,
      VrfLookup vrfs) {}

  /**
   * What was understood, and what there is to say about the rest. Instances that cannot run are
   * left out of the configuration, with a {@code FATAL} diagnostic or one that says that they are
   * not started.
   *
   * @param notStarted the names of those, and of blocks whose keyword is unknown
   */
  public record Result(
      Configuration configuration, Set<String> notStarted, List<Diagnostic> diagnostics) {
    public Result {
      notStarted = Set.copyOf(notStarted);
      diagnostics = List.copyOf(diagnostics);
    }
  }

  /**
   * Makes the tables of all keywords, which the first reading would do: 10 ms that another thread
   * has to spare at the start.
   */
  public static void prepare() {
    TopKeywords.BLOCK.knows("");
  }

  /**
   * Reads statements.
   *
   * @param statements everything that stands outside blocks, in order
   * @param own the same of our own file beside it, where only {@code jkeepalived} may stand
   * @param machine where it is to run
   * @param scripts to tell whether a script can be run
   */
  public static Result read(
      List<Statement> statements, List<Statement> own, Machine machine, ScriptLookup scripts) {
    Grammar grammar = new Grammar(machine);
    grammar.globals.trackers.lookAhead(statements);
    grammar.readAll(statements);
    for (Statement statement : own) {
      if (statement.keyword().is(OWN)) {
        TopKeywords.BLOCK.read(statement, grammar.globals, grammar.report);
      } else {
        Block.unknown(statement, OWN, List.of(OWN), grammar.report);
      }
    }
    Configuration complete = grammar.complete(scripts);
    return new Result(complete, grammar.notStarted(complete), grammar.report.diagnostics());
  }

  private Set<String> notStarted(Configuration complete) {
    Set<String> names = new LinkedHashSet<>(unknownBlocks);
    names.addAll(globals.instances.keySet());
    complete.instances().forEach(instance -> names.remove(instance.name()));
    return names;
  }

  private void readAll(List<Statement> statements) {
    for (Statement statement : statements) {
      TopKeywords.BLOCK.read(statement, globals, report);
      if (!isTopKeyword(statement)) {
        if (statement.block().isPresent() && !statement.arguments().isEmpty()) {
          unknownBlocks.add(statement.arguments().get(0).text());
        }
        readAll(topBlocksIn(statement));
      }
    }
  }

  /** COMPAT: keepalived skips the line that opens an unknown block, and reads on behind it. */
  private static List<Statement> topBlocksIn(Statement unknown) {
    return unknown.block().map(Statement.Block::statements).orElse(List.of()).stream()
        .filter(inner -> inner.block().isPresent() && isTopKeyword(inner))
        .toList();
  }

  private static boolean isTopKeyword(Statement statement) {
    String word = statement.keyword().text();
    return TopKeywords.BLOCK.knows(word) || Catalogue.find(Catalogue.TOP, word).isPresent();
  }

  private GlobalDefinitions definitions() {
    return new GlobalDefinitions(
        globals.routerId.orElse(hostName),
        globals.processInstance,
        globals.networkNamespace,
        globals.usePidDirectory,
        globals.startupDelayNanos,
        globals.delayAfterBootNanos,
        globals.logUnknownVrids,
        processes(),
        globals.reload.complete(),
        globals.controlGroup);
  }

  private Processes processes() {
    boolean usual = globals.usualProcessNames;
    return new Processes(
        globals.autoPriority,
        globals.wholeProcess.named(usual, "keepalived").name(),
        globals.umask,
        globals.vrrpProcess.named(usual, "keepalived_vrrp"),
        globals.checkerProcess.named(usual, "keepalived_ipvs"));
  }

  private Configuration complete(ScriptLookup scripts) {
    // COMPAT: without an instance, keepalived looks only at the scripts that begin and end it
    Commands always = new Commands(globals, scripts, report);
    Commands commands =
        new Commands(globals, scripts, globals.instances.isEmpty() ? new GrammarReport() : report);
    always.checkStandard();
    IptablesKeywords.check(globals.firewall, report);
    if (!globals.dynamicInterfaces) {
      links.ifPresent(this::checkLinks);
    }
    SyncGroupCompletion groups =
        new SyncGroupCompletion(globals.groups.values(), globals.instances, report);
    SyncGroupCompletion.Result result =
        groups.complete(instances(groups, commands), globals, commands);
    Trackers trackers =
        globals.trackers.complete(
            TrackingInstances.of(result.instances(), result.groups()), named(), commands, report);
    return new Configuration(
        definitions(),
        result.instances(),
        result.groups(),
        trackers,
        globals.links.complete(usedLinks(result)),
        new Reporting(
            globals.fifo.complete(commands, report),
            globals.vrrpFifo.complete(commands, report),
            globals.lvsFifo.complete(commands, report),
            globals.statesOnReload,
            globals.mail.complete(hostName, files, report),
            globals.dumps.complete(defaults(always))),
        lifeScripts(always),
        globals.director.complete(result.instances(), globals, always, report),
        globals.routing.complete(names(result.instances())));
  }

  private static Set<String> names(List<VrrpInstance> instances) {
    Set<String> names = new HashSet<>();
    instances.forEach(instance -> names.add(instance.name()));
    return names;
  }

  private GlobalDefaults defaults(Commands commands) {
    return new GlobalDefaults(
        new InstanceDefaults(globals).told(),
        new GlobalDefaults.Mail(
            globals.mail.alert,
            globals.mail.alertVrrp,
            globals.mail.alertChecker,
            globals.director.logsAllFailures,
            globals.mail.eachCheck),
        new GlobalDefaults.Links(
            globals.dynamicInterfaces, globals.linksMayChange, globals.defaultInterface),
        new GlobalDefaults.Scripts(globals.scriptSecurity, commands.standard()));
  }

  private void checkLinks(Set<String> existing) {
    globals.instances.values().stream()
        .filter(draft -> !draft.broken)
        .forEach(draft -> MissingLinks.check(draft, existing, report));
    globals
        .groups
        .values()
        .forEach(draft -> MissingLinks.check(draft.tracking, draft.name(), existing, report));
    globals.links.check(existing, report);
    globals.routing.check(existing, report);
    MissingLinks.checkAnnouncementGroups(globals.announcementGroupLinks, existing, report);
  }

  private LifeScripts lifeScripts(Commands commands) {
    return new LifeScripts(
        globals.startupScript.map(line -> lifeScript("startup", line, commands)),
        globals.startupTimeoutNanos,
        globals.shutdownScript.map(line -> lifeScript("shutdown", line, commands)),
        globals.shutdownTimeoutNanos,
        new Oversight(globals.watchdogDevice, globals.jsonLog, globals.http));
  }

  private Command lifeScript(String which, CommandStatement line, Commands commands) {
    Command command = commands.complete(line, Commands.Purpose.START_OR_STOP);
    if (!commands.exists(line, command.account())) {
      report.warn(line.place(), "bad-script", "Invalid " + which + " script");
    }
    return command;
  }

  /** What any block tracks, also those of instances that are not started. */
  private Set<TrackTarget> named() {
    Set<TrackTarget> named = new LinkedHashSet<>();
    globals.instances.values().forEach(draft -> draft.tracking.addTargets(named));
    globals.groups.values().forEach(draft -> draft.tracking.addTargets(named));
    return named;
  }

  /** Those that are spoken on or tracked. */
  private static Set<String> usedLinks(SyncGroupCompletion.Result result) {
    Set<String> used = new LinkedHashSet<>();
    result.instances().forEach(instance -> used.add(instance.key().interfaceName()));
    used.addAll(
        TrackingInstances.of(result.instances(), result.groups()).names(TrackKind.INTERFACE));
    return used;
  }

  private List<VrrpInstance> instances(SyncGroupCompletion groups, Commands commands) {
    List<VrrpInstance> instances = new ArrayList<>();
    InstanceDefaults defaults = new InstanceDefaults(globals);
    globals.allowed.reportUnknown(globals.instances.keySet(), report);
    Map<VrrpInstance.Key, List<VrrpInstance>> taken = new LinkedHashMap<>();
    for (InstanceDraft draft : globals.instances.values()) {
      if (draft.broken) {
        continue;
      }
      Optional<VrrpInstance> completed =
          InstanceCompletion.complete(
              draft, globals, defaults, groups.of(draft.name()), commands, report);
      if (completed.isPresent()) {
        VrrpInstance instance = completed.get();
        List<VrrpInstance> sharing =
            taken.computeIfAbsent(instance.key(), key -> new ArrayList<>());
        List<VrrpInstance> rivals =
            sharing.stream().filter(other -> isRival(other, instance)).toList();
        rivals.forEach(other -> duplicate(other, instance));
        if (rivals.isEmpty() || instance.key().isUnicast()) {
          sharing.add(instance);
        }
        if (rivals.isEmpty() && !sharesLink(instance, instances)) {
          instances.add(instance);
        }
      }
    }
    return instances;
  }

  /** Those that share a VRID can be told apart only by peers that none of the others has. */
  private static boolean isRival(VrrpInstance one, VrrpInstance other) {
    return !one.key().isUnicast() || one.protocol().unicast().overlaps(other.protocol().unicast());
  }

  /** Two links with one MAC address cannot stand on the same one. */
  private boolean sharesLink(VrrpInstance instance, List<VrrpInstance> others) {
    if (instance.links().isEmpty()) {
      return false;
    }
    for (VrrpInstance other : others) {
      Optional<VirtualLink> shared =
          instance
              .links()
              .all()
              .filter(link -> other.links().all().anyMatch(link::clashesWith))
              .findFirst();
      if (shared.isPresent()) {
        report.whole(
            List.of(
                globals.instances.get(instance.name()).place,
                globals.instances.get(other.name()).place),
            Severity.FATAL,
            "shared-vmac",
            "("
                + other.name()
                + ") uses same VMAC as VRRP instance "
                + instance.name()
                + ", disabling "
                + instance.name(),
            "give one of them another virtual_router_id, or a MAC address of its own");
        return true;
      }
    }
    return false;
  }

  private void duplicate(VrrpInstance first, VrrpInstance second) {
    VrrpInstance.Key key = first.key();
    report.whole(
        List.of(
            globals.instances.get(second.name()).place, globals.instances.get(first.name()).place),
        Severity.FATAL,
        "duplicate-virtual-router-id",
        key.isUnicast()
            ? "("
                + first.name()
                + ") duplicate VRID conflict with "
                + second.name()
                + " VRID "
                + key.virtualRouterId()
            : first.name()
                + " and "
                + second.name()
                + " both use VRID "
                + key.virtualRouterId()
                + " with "
                + key.family().text()
                + " on interface "
                + key.interfaceName(),
        key.isUnicast()
            ? "give one of them another virtual_router_id, or peers of its own"
            : "give one of them another virtual_router_id, interface or mcast_dst_ip");
  }
}
