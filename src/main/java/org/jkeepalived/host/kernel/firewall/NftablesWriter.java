package org.jkeepalived.host.kernel.firewall;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.kernel.KernelBlock;
import org.jkeepalived.kernel.KernelDetour;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.kernel.KernelFilter;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelResult;
import org.jkeepalived.kernel.firewall.NftablesScript;
import org.jkeepalived.kernel.firewall.NftablesTable;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.firewall.NftablesMonitor;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Firewall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps our tables of nftables as they are wanted; what is asked for at once is done at once. */
final class NftablesWriter implements PacketFilter {

  private static final Logger LOG = LoggerFactory.getLogger(NftablesWriter.class);

  private final NftablesAccess access = new NftablesAccess();
  private final FirewallWriter.Watching watching;
  private Optional<NftablesMonitor> monitor = Optional.empty();

  /** The number of our socket, once it is known. */
  private int ownPort;

  /** Somebody else has removed something of ours. */
  private boolean damaged;

  /** Those that are there, and those that are to be made when somebody asks again. */
  private final Map<Name, NftablesTable> tables = new LinkedHashMap<>();

  /** Of these it is not known how they are. */
  private final Set<Name> broken = new LinkedHashSet<>();

  /** What makes two tables the same one for the kernel. */
  private record Name(AddressFamily family, String table) {
    static Name of(KernelFilter filter) {
      return new Name(filter.family(), ((Firewall.Nftables) filter.firewall()).table());
    }
  }

  /** What one call has to do. */
  private static final class Work {
    private final NftablesScript script = new NftablesScript();

    /** Tables that somebody wants anew. */
    private final Set<Name> made = new LinkedHashSet<>();

    /** Those of them that were there, and are to do more or less. */
    private final Set<Name> grown = new LinkedHashSet<>();

    /** Tables that something is done to. */
    private final Set<Name> touched = new LinkedHashSet<>();
  }

  /**
   * @param watching has somebody called when others change something
   */
  NftablesWriter(FirewallWriter.Watching watching) {
    this.watching = watching;
  }

  /**
   * Carries out all of it or nothing, of each purpose: a kernel that cannot do the one may do the
   * other.
   */
  @Override
  public List<KernelResult> write(List<KernelRequest> requests) {
    listen();
    KernelResult[] results = new KernelResult[requests.size()];
    for (KernelFilter.Purpose purpose : KernelFilter.Purpose.values()) {
      List<Integer> places = new ArrayList<>();
      for (int i = 0; i < requests.size(); i++) {
        if (filter(requests.get(i)).purpose() == purpose) {
          places.add(i);
        }
      }
      if (!places.isEmpty()) {
        List<KernelResult> answers = write(purpose, places.stream().map(requests::get).toList());
        for (int i = 0; i < places.size(); i++) {
          results[places.get(i)] = answers.get(i);
        }
      }
    }
    return Arrays.asList(results);
  }

  private static KernelFilter filter(KernelRequest request) {
    KernelObject object = request.object();
    return object instanceof KernelFilter filter
        ? filter
        : object instanceof KernelDetour detour ? detour.filter() : ((KernelBlock) object).filter();
  }

  private List<KernelResult> write(KernelFilter.Purpose purpose, List<KernelRequest> requests) {
    Work work = new Work();
    Set<Name> unknown = Set.copyOf(broken);
    requests.forEach(request -> note(request, work));
    Optional<String> error = carryOut(work, unknown);
    hearOwn();
    if (error.isEmpty()) {
      broken.removeAll(work.touched);
      access.well();
      return requests.stream().map(KernelResult::done).toList();
    }
    access.complain(error.get(), purpose);
    takeBack(requests, work);
    KernelError why = new KernelError(0, error.get());
    return requests.stream().map(request -> KernelResult.refused(request, why)).toList();
  }

  /** From the first request on: nobody else needs to know. */
  private void listen() {
    if (monitor.isPresent() || !watching.isPossible()) {
      return;
    }
    try {
      NftablesMonitor opened = NftablesMonitor.open();
      monitor = Optional.of(opened);
      watching.watch(opened.fd(), this::hearOthers);
    } catch (SystemCallException e) {
      LOG.debug("{}: what others do to nftables is not heard of", e.getMessage());
    }
  }

  /** What we have just done ourselves shows how our own changes are told from others'. */
  private void hearOwn() {
    monitor.ifPresent(heard -> heard.drain(new News(true)));
  }

  private void hearOthers() {
    monitor.ifPresent(heard -> heard.drain(new News(false)));
    if (!damaged) {
      return;
    }
    damaged = false;
    Set<Name> all = new LinkedHashSet<>(tables.keySet());
    LOG.warn("nftables: somebody else has removed what is ours, putting it back");
    Optional<String> error = anew(all);
    hearOwn();
    if (error.isPresent()) {
      broken.addAll(all);
      access.complain(error.get(), KernelFilter.Purpose.BLOCKS);
    }
  }

  /** What is told of our tables. */
  private final class News implements NftablesMonitor.Listener {
    private final boolean justChanged;

    News(boolean justChanged) {
      this.justChanged = justChanged;
    }

    private boolean isOurs(String family, String table) {
      AddressFamily found = family.equals("ip") ? AddressFamily.IPV4 : AddressFamily.IPV6;
      return tables.containsKey(new Name(found, table));
    }

    @Override
    public void made(String family, String table, int port) {
      if (justChanged && isOurs(family, table)) {
        ownPort = port;
      }
    }

    @Override
    public void removed(String family, String table, int port) {
      damaged |= !justChanged && port != ownPort && isOurs(family, table);
    }

    @Override
    public void lost() {
      damaged |= !tables.isEmpty();
    }
  }

  private void note(KernelRequest request, Work work) {
    if (request.object() instanceof KernelFilter filter) {
      if (request.isAddition()) {
        want(filter, work);
      } else {
        letGo(filter, work);
      }
    } else {
      block(request, work);
    }
  }

  private void want(KernelFilter filter, Work work) {
    Name name = Name.of(filter);
    NftablesTable present = tables.get(name);
    if (present != null && present.serves(filter)) {
      return;
    }
    if (present != null && present.isSetAs(filter)) {
      present.serve(filter);
      makeAnew(name, work);
      return;
    }
    if (present != null) {
      work.script.then(present.delete());
    }
    tables.put(name, new NftablesTable(filter));
    work.made.add(name);
    work.touched.add(name);
  }

  /** What one is made of is another now. */
  private void makeAnew(Name name, Work work) {
    if (work.made.add(name)) {
      work.grown.add(name);
      work.script.then(tables.get(name).delete());
    }
    work.touched.add(name);
  }

  private void letGo(KernelFilter filter, Work work) {
    Name name = Name.of(filter);
    NftablesTable present = tables.get(name);
    if (present != null && present.serves(filter) && present.serveNoMore(filter)) {
      makeAnew(name, work);
    } else if (present == null || present.isSetAs(filter)) {
      tables.remove(name);
      broken.remove(name);
      work.made.remove(name);
      work.touched.remove(name);
      work.script.then(new NftablesTable(filter).delete());
    }
  }

  private void block(KernelRequest request, Work work) {
    KernelFilter filter = filter(request);
    NftablesTable table = tables.get(Name.of(filter));
    if (table != null && table.serves(filter)) {
      NftablesScript script =
          request.isAddition() ? table.add(request.target()) : table.remove(request.target());
      if (!script.isEmpty()) {
        work.touched.add(Name.of(filter));
      }
      if (!work.made.contains(Name.of(filter))) {
        work.script.then(script);
      }
    }
  }

  private Optional<String> carryOut(Work work, Set<Name> unknown) {
    if (work.touched.stream().anyMatch(unknown::contains)) {
      return anew(work.touched);
    }
    work.made.forEach(name -> work.script.then(tables.get(name).create()));
    Optional<String> error = work.script.isEmpty() ? Optional.empty() : access.run(work.script);
    if (error.isEmpty() || work.touched.isEmpty() || !access.isOpen()) {
      return error;
    }
    for (Name name : work.made) {
      NftablesTable table = tables.get(name);
      Optional<String> obstacle = access.obstacle(table);
      if (obstacle.isPresent()) {
        return obstacle;
      }
    }
    // somebody has changed them, or a run that was killed has left them
    return anew(work.touched);
  }

  private Optional<String> anew(Set<Name> names) {
    NftablesScript script = new NftablesScript();
    for (Name name : names) {
      script.then(tables.get(name).delete()).then(tables.get(name).create());
    }
    return access.run(script);
  }

  /** Nobody waits for what was refused: who wants it asks again. */
  private void takeBack(List<KernelRequest> requests, Work work) {
    for (KernelRequest request : requests) {
      NftablesTable table = tables.get(Name.of(filter(request)));
      if (request.isAddition() && table != null) {
        if (request.object() instanceof KernelFilter filter) {
          table.serveNoMore(filter);
        } else {
          table.remove(request.target());
        }
      }
    }
    work.made.stream().filter(name -> !work.grown.contains(name)).forEach(tables::remove);
    work.touched.stream().filter(tables::containsKey).forEach(broken::add);
  }

  @Override
  public void close() {
    monitor.ifPresent(NftablesMonitor::close);
    access.close();
  }
}
