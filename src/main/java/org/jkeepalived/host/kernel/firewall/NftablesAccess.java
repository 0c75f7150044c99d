package org.jkeepalived.host.kernel.firewall;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jkeepalived.kernel.KernelFilter;
import org.jkeepalived.kernel.firewall.NftablesScript;
import org.jkeepalived.kernel.firewall.NftablesTable;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.firewall.NftablesLibrary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to nftables, and what an operator hears where there is none. */
final class NftablesAccess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NftablesAccess.class);

  private static final String ANSWERING = "no_accept is not enforced, the virtual addresses answer";
  private static final String REPORTING =
      "the kernel's reports of groups leave VMACs with the virtual MAC address";

  /** A chain or a set, as nft(8) lists a table. */
  private static final Pattern PART = Pattern.compile("(?m)^\t(?:chain|set|map) (\\S+) \\{$");

  /** What keepalived of any release calls them. */
  private static final Set<String> OF_KEEPALIVED =
      Set.of(
          "in",
          "out",
          "in_link_local",
          "out_link_local",
          "vips",
          "vips_link_local",
          "vips_link_local_name",
          "neighbor-discovery",
          "parent_link_local",
          "vmac_map",
          "vmac_set",
          "mld-report");

  private Optional<NftablesLibrary> library = Optional.empty();

  /** What was said last, so that it is said once. */
  private String complaint = "";

  boolean isOpen() {
    return library.isPresent();
  }

  /** Carries out commands, all or none; answers why none was. */
  Optional<String> run(NftablesScript script) {
    try {
      if (library.isEmpty()) {
        library = Optional.of(NftablesLibrary.open());
      }
    } catch (UnsatisfiedLinkError missing) {
      return Optional.of(
          NftablesLibrary.FILE
              + " cannot be loaded ("
              + missing.getMessage()
              + "): install libnftables1 (Debian) or nftables (RHEL)");
    } catch (SystemCallException withoutNetfilter) {
      return Optional.of(
          withoutNetfilter.getMessage() + ": is the kernel's module nf_tables there?");
    }
    return library.get().run(script.text()).map(NftablesAccess::words);
  }

  /** The library's text in one line, without the place in our commands. */
  private static String words(String text) {
    return text.strip().replaceFirst("^internal:[0-9:-]+ ", "").lines().findFirst().orElse("");
  }

  /** Why a table that is to be made must not take the place of one that is there. */
  Optional<String> obstacle(NftablesTable table) {
    String name = "table " + table.family() + " " + table.name();
    Optional<String> listed = library.flatMap(open -> open.list("list " + name));
    if (listed.isEmpty()) {
      return Optional.empty();
    }
    for (Matcher part = PART.matcher(listed.get()); part.find(); ) {
      if (!OF_KEEPALIVED.contains(part.group(1))) {
        return Optional.of(
            name
                + " is there and is somebody else's, it has "
                + part.group(1)
                + ": give ours another name with nftables NAME in global_defs");
      }
    }
    LOG.info("Deleting old {} {} table", table.family(), table.name());
    return Optional.empty();
  }

  /** Says, once, why something could not be done. */
  void complain(String error, KernelFilter.Purpose purpose) {
    if (!error.equals(complaint)) {
      complaint = error;
      LOG.error("nftables: {}: {}", error, consequence(purpose));
    }
  }

  /** What comes of it that something could not be done. */
  static String consequence(KernelFilter.Purpose purpose) {
    return purpose == KernelFilter.Purpose.BLOCKS ? ANSWERING : REPORTING;
  }

  /** Something was done. */
  void well() {
    if (!complaint.isEmpty()) {
      complaint = "";
      LOG.info("nftables: it does again what it is to do");
    }
  }

  @Override
  public void close() {
    library.ifPresent(NftablesLibrary::close);
    library = Optional.empty();
  }
}
