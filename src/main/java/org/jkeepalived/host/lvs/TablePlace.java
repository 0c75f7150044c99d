package org.jkeepalived.host.lvs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.linux.Namespaces;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.model.lvs.TableNamespace;

/** Opens sockets where the IPVS table is: {@code net_namespace_ipvs}. */
public final class TablePlace {

  private TablePlace() {}

  /** Opens something in the network namespace of the calling thread; empty if there is none. */
  @FunctionalInterface
  public interface Opening<T> {
    Optional<T> open() throws SystemCallException;
  }

  /**
   * Opens something in a network namespace.
   *
   * @param namespace empty for that of the calling thread
   * @param close for what was opened, if there is no way back
   * @throws SystemCallException the kernel refuses it, or there is no such namespace
   */
  public static <T> Optional<T> open(
      Optional<TableNamespace> namespace, Opening<T> opening, Consumer<T> close)
      throws SystemCallException {
    if (namespace.isEmpty()) {
      return opening.open();
    }
    Path file = namespace.get().name().map(Namespaces::path).orElseGet(Namespaces::ofProcess);
    List<T> opened = new ArrayList<>(1);
    try {
      Namespaces.visit(file, () -> opening.open().ifPresent(opened::add));
    } catch (SystemCallException e) {
      opened.forEach(close);
      throw e;
    }
    return opened.stream().findFirst();
  }
}
