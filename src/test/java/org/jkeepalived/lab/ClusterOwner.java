package org.jkeepalived.lab;

import java.util.Locale;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** Prints a line for each finished test: the lab takes minutes, and Maven shows only classes. */
final class Progress implements BeforeEachCallback, AfterEachCallback {

  private static final ExtensionContext.Namespace SPACE =
      ExtensionContext.Namespace.create(Progress.class);

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(SPACE).put("start", System.nanoTime());
  }

  private static String verdict(Throwable thrown) {
    return thrown instanceof TestAbortedException ? "skipped" : "FAILED";
  }

  @Override
  public void afterEach(ExtensionContext context) {
    long start = context.getStore(SPACE).get("start", Long.class);
    System.out.println(
        String.format(
            Locale.ROOT,
            "  %-7s %5.1f s  %s.%s  %s",
            context.getExecutionException().map(Progress::verdict).orElse("ok"),
            (System.nanoTime() - start) / 1e9,
            context.getRequiredTestClass().getSimpleName(),
            context.getRequiredTestMethod().getName(),
            context.getDisplayName()));
  }
}
