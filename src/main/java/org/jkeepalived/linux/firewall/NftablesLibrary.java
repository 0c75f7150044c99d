package org.jkeepalived.linux.firewall;

import java.util.Optional;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.NetlinkSocket;

/**
 * libnftables(3): the packet filter's own library, which knows what each release of the kernel
 * understands. One thread at a time; it blocks while the kernel loads what it needs.
 */
public final class NftablesLibrary implements AutoCloseable {

  /** The file that packages for programs bring; the name without a number is for compilers. */
  public static final String FILE = "libnftables.so.1";

  private static final int NETLINK_NETFILTER = 12;

  private static final int DEFAULT = 0;
  private static final int JSON = 1 << 4;

  private final NativeFunction run = function("nft_run_cmd_from_buffer");
  private final NativeFunction flags = function("nft_ctx_output_set_flags");
  private final NativeFunction output = function("nft_ctx_get_output_buffer");
  private final NativeFunction errors = function("nft_ctx_get_error_buffer");
  private final NativeFunction free = function("nft_ctx_free");
  private final long context;

  private NftablesLibrary() {
    context = function("nft_ctx_new").callForAddress(DEFAULT);
    if (context == 0) {
      throw new UnsatisfiedLinkError(FILE + ": nft_ctx_new failed");
    }
    function("nft_ctx_buffer_output").call(context);
    function("nft_ctx_buffer_error").call(context);
  }

  /**
   * Loads it, for the network namespace of the calling thread.
   *
   * @throws UnsatisfiedLinkError it is not installed
   * @throws SystemCallException the kernel has no netfilter
   */
  public static NftablesLibrary open() throws SystemCallException {
    // where the kernel refuses that, the library ends the process
    NetlinkSocket.open(NETLINK_NETFILTER, 0, 0).close();
    return new NftablesLibrary();
  }

  private static NativeFunction function(String name) {
    return NativeFunction.of(FILE, name);
  }

  /**
   * Carries out commands, all or none.
   *
   * @param json libnftables-json(5)
   * @return why none was carried out, in the library's words
   */
  public Optional<String> run(String json) {
    flags.call(context, JSON);
    return runAny(json);
  }

  /**
   * Has something listed, as nft(8) writes it.
   *
   * @param command of nft(8)
   * @return empty if there is no such thing
   */
  public Optional<String> list(String command) {
    flags.call(context, DEFAULT);
    return runAny(command).isPresent()
        ? Optional.empty()
        : Optional.of(NativeMemory.foreignString(output.callForAddress(context)));
  }

  private Optional<String> runAny(String commands) {
    NativeMemory text = NativeMemory.ofString(commands);
    int result = text.lend(at -> run.call(context, at));
    return result == 0
        ? Optional.empty()
        : Optional.of(NativeMemory.foreignString(errors.callForAddress(context)));
  }

  @Override
  public void close() {
    free.call(context);
  }
}
