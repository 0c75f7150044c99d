package org.jkeepalived.model.lvs;

import java.util.Objects;
import org.jkeepalived.model.FileTracker;
import org.jkeepalived.model.Weight;

/**
 * {@code FILE_CHECK}: the number in a file is added to the weight, or is a failure.
 *
 * @param schedule of which nothing but {@code alpha} and {@code log_all_failures} counts: whoever
 *     watches the file tells when it changes
 * @param weight the check's own, or the file's; -2147483647 to 2147483647, and 0 where a number but
 *     0 is a failure, or {@link Weight#reversed} 0 is
 */
public record FileCheck(CheckSchedule schedule, FileTracker file, Weight weight) implements Check {
  public FileCheck {
    Objects.requireNonNull(schedule);
    Objects.requireNonNull(file);
    Objects.requireNonNull(weight);
  }
}
