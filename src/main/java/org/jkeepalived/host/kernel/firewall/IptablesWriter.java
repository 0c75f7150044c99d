package org.jkeepalived.host.kernel.firewall;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.kernel.KernelFilter;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelResult;
import org.jkeepalived.kernel.firewall.HeldParts;
import org.jkeepalived.kernel.firewall.IptablesListing;
import org.jkeepalived.kernel.firewall.IptablesPart;
import org.jkeepalived.kernel.firewall.IptablesPart.AddressSet;
import org.jkeepalived.kernel.firewall.IptablesPart.Member;
import org.jkeepalived.kernel.firewall.IptablesPart.Rule;
import org.jkeepalived.kernel.firewall.IptablesRules;
import org.jkeepalived.model.AddressFamily;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps our rules of iptables and our sets as they are wanted. Of chains, rules and sets of others
 * nothing is changed: a rule is deleted by all that it says.
 */
final class IptablesWriter implements PacketFilter {

  private static final Logger LOG = LoggerFactory.getLogger(IptablesWriter.class);

  private final HeldParts held = new HeldParts();
  private final IpsetAccess sets = new IpsetAccess();
  private final Map<AddressFamily, IptablesAccess> rules = new EnumMap<>(AddressFamily.class);
  private final IptablesGuard guard;

  /** What was said last, so that it is said once; empty where nothing is wrong. */
  private final Map<KernelFilter.Purpose, String> complaints =
      new EnumMap<>(KernelFilter.Purpose.class);

  /**
   * @param watching has somebody look from time to time whether others have removed something
   */
  IptablesWriter(FirewallWriter.Watching watching) {
    for (AddressFamily family : AddressFamily.values()) {
      rules.put(family, new IptablesAccess(family));
    }
    guard = new IptablesGuard(held, sets, rules);
    watching.regularly(guard::look);
  }

  /** What could not be done, and why. */
  private static final class Failures {
    private final Map<IptablesPart, String> reasons = new LinkedHashMap<>();

    void add(List<? extends IptablesPart> parts, String why) {
      parts.forEach(part -> reasons.putIfAbsent(part, why));
    }

    Optional<String> of(IptablesPart part) {
      return Optional.ofNullable(reasons.get(part));
    }
  }

  @Override
  public List<KernelResult> write(List<KernelRequest> requests) {
    List<IptablesPart> added = new ArrayList<>();
    List<IptablesPart> removed = new ArrayList<>();
    for (KernelRequest request : requests) {
      if (request.isAddition()) {
        added.addAll(held.take(request.key(), request.object()));
      } else {
        removed.addAll(held.letGo(request.key(), request.object()));
      }
    }
    Failures failures = new Failures();
    add(added, failures);
    if (!added.isEmpty()) {
      tell(requests, failures);
    }
    removed.addAll(takenBack(requests, failures));
    remove(removed, failures);
    guard.changed();
    return requests.stream().map(request -> result(request, failures)).toList();
  }

  /** What is there for a request that is refused: nobody lets go of it, who wants it asks again. */
  private List<IptablesPart> takenBack(List<KernelRequest> requests, Failures failures) {
    List<IptablesPart> parts = new ArrayList<>();
    for (KernelRequest request : requests) {
      if (request.isAddition() && failure(request, failures).isPresent()) {
        held.letGo(request.key(), request.object()).stream()
            .filter(part -> failures.of(part).isEmpty())
            .forEach(parts::add);
      }
    }
    return parts;
  }

  private static Optional<String> failure(KernelRequest request, Failures failures) {
    return IptablesRules.of(request.object()).stream()
        .flatMap(part -> failures.of(part).stream())
        .findFirst();
  }

  private static KernelResult result(KernelRequest request, Failures failures) {
    return failure(request, failures)
        .map(why -> KernelResult.refused(request, new KernelError(0, why)))
        .orElseGet(() -> KernelResult.done(request));
  }

  /** What of each purpose was refused, and what comes of it. */
  private void tell(List<KernelRequest> requests, Failures failures) {
    for (KernelFilter.Purpose purpose : KernelFilter.Purpose.values()) {
      List<KernelRequest> additions =
          requests.stream()
              .filter(KernelRequest::isAddition)
              .filter(request -> IptablesRules.purpose(request.object()) == purpose)
              .toList();
      if (!additions.isEmpty()) {
        tell(
            purpose,
            additions.stream().flatMap(each -> failure(each, failures).stream()).findFirst());
      }
    }
  }

  private void tell(KernelFilter.Purpose purpose, Optional<String> failure) {
    String before = complaints.getOrDefault(purpose, "");
    if (failure.isEmpty()) {
      if (!before.isEmpty()) {
        LOG.info("iptables: it does again what it is to do");
      }
    } else if (!failure.get().equals(before)) {
      LOG.error("{}: {}", failure.get(), NftablesAccess.consequence(purpose));
    }
    complaints.put(purpose, failure.orElse(""));
  }

  private static <T extends IptablesPart> List<T> only(
      Class<T> kind, AddressFamily family, List<IptablesPart> parts) {
    return parts.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .filter(part -> part.family() == family)
        .toList();
  }

  private void add(List<IptablesPart> parts, Failures failures) {
    for (AddressFamily family : AddressFamily.values()) {
      List<AddressSet> made = only(AddressSet.class, family, parts);
      Optional<String> error = Optional.empty();
      for (AddressSet set : made) {
        if (error.isEmpty()) {
          error = sets.create(set);
        }
        error.ifPresent(why -> failures.add(List.of(set), why));
      }
      List<Rule> wanted = only(Rule.class, family, parts);
      if (error.isEmpty() && !wanted.isEmpty()) {
        error = append(family, wanted);
      }
      for (Member member : members(family, parts, made)) {
        error = error.isPresent() ? error : sets.add(member);
      }
      error.ifPresent(
          why -> {
            failures.add(wanted, why);
            failures.add(only(Member.class, family, parts), why);
          });
    }
  }

  /** Those that are new, and those of sets that are new. */
  private List<Member> members(
      AddressFamily family, List<IptablesPart> parts, List<AddressSet> made) {
    Set<Member> members = new LinkedHashSet<>(only(Member.class, family, parts));
    for (AddressSet set : made) {
      held.all(Member.class).stream()
          .filter(member -> member.set().equals(set.name()))
          .forEach(members::add);
    }
    return List.copyOf(members);
  }

  private Optional<String> append(AddressFamily family, List<Rule> wanted) {
    IptablesAccess access = Objects.requireNonNull(rules.get(family));
    Optional<String> error = access.change("-A", wanted);
    if (error.isEmpty()) {
      guard.added(family, wanted);
    }
    return error.map(why -> access.explain(why, wanted));
  }

  private void remove(List<IptablesPart> parts, Failures failures) {
    for (AddressFamily family : AddressFamily.values()) {
      List<Rule> unwanted = only(Rule.class, family, parts);
      if (!unwanted.isEmpty()) {
        delete(family, unwanted).ifPresent(why -> failures.add(unwanted, why));
      }
      for (Member member : only(Member.class, family, parts)) {
        sets.delete(member).ifPresent(why -> failures.add(List.of(member), why));
      }
      for (AddressSet set : only(AddressSet.class, family, parts)) {
        sets.destroy(set).ifPresent(why -> failures.add(List.of(set), why));
      }
    }
  }

  /** Somebody may have deleted some of them, which is as well. */
  private Optional<String> delete(AddressFamily family, List<Rule> unwanted) {
    IptablesAccess access = Objects.requireNonNull(rules.get(family));
    if (access.change("-D", unwanted).isEmpty()) {
      return Optional.empty();
    }
    unwanted.forEach(rule -> access.change("-D", List.of(rule)));
    Optional<IptablesListing> left = access.list();
    return unwanted.stream()
        .filter(rule -> left.isPresent() && left.get().has(rule))
        .findFirst()
        .map(rule -> access.name() + " " + String.join(" ", rule.arguments("-D")) + " failed");
  }

  @Override
  public void close() {
    guard.close();
    sets.close();
  }
}
