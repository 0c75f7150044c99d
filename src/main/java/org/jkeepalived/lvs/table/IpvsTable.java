package org.jkeepalived.lvs.table;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.mark.PacketMarks;
import org.jkeepalived.model.lvs.TableSettings.Timeouts;

/**
 * The kernel's table as somebody writes it who may not block. What is asked for is done in its
 * order, and each answer comes later, on the asking thread, in the same order.
 */
public interface IpvsTable {

  /**
   * Carries out changes in their order, in as few messages as possible. One that fails does not
   * keep the others from being tried.
   *
   * @param done hears the answer to each, in their order; all of them refused where there is no
   *     IPVS
   */
  void change(List<TableChange> changes, Consumer<List<TableAnswer>> done);

  /** Reads the whole table, what others have put into it as well. */
  void read(Consumer<Reading> done);

  /**
   * Has a reading that is on its way be given up: its answer is an error with number 0. Ten
   * thousand real servers take a while to be read, and a dead one shall not wait for that.
   */
  void hurry();

  /** Sets after how long idle connections are forgotten; what is empty stays as it is. */
  void setTimeouts(Timeouts timeouts, Consumer<Optional<KernelError>> done);

  /** What marks packets for its services. */
  PacketMarks marks();

  /** Empties the table, whoever has filled it. */
  void flush(Consumer<Optional<KernelError>> done);

  /**
   * A reading of the table.
   *
   * @param services in the kernel's order; none where it could not be read
   * @param error why it could not be read
   */
  record Reading(List<TableService> services, Optional<KernelError> error) {
    public Reading {
      services = List.copyOf(services);
    }
  }
}
