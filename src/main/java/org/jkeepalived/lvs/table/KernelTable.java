package org.jkeepalived.lvs.table;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.sync.KernelSync;
import org.jkeepalived.model.lvs.TableSettings.Timeouts;

/** The kernel's table as somebody writes it who may block. One thread at a time. */
public interface KernelTable extends KernelSync, AutoCloseable {

  /**
   * Carries out changes in their order. One that fails does not keep the others from being tried.
   *
   * @return the answer to each, in the same order
   */
  List<TableAnswer> change(List<TableChange> changes);

  /**
   * Reads the whole table.
   *
   * @param hurried asked again and again: once it says so the reading is given up
   */
  IpvsTable.Reading read(BooleanSupplier hurried);

  /** Sets after how long idle connections are forgotten; what is empty stays as it is. */
  Optional<KernelError> setTimeouts(Timeouts timeouts);

  /** Empties the table, whoever has filled it. */
  Optional<KernelError> flush();

  /**
   * Whether this still is the kernel's table: its module may be unloaded, and loaded again. If it
   * is not, open another one.
   */
  boolean isThere();

  @Override
  void close();
}
