package org.jkeepalived.status;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jkeepalived.lvs.ServerFinder;
import org.jkeepalived.lvs.ServiceSnapshot;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.time.Moment;

/**
 * Everything of virtual servers at one moment. It never changes, so that any thread may read it.
 *
 * @param moment when that was
 * @param configuration what the operator asked for
 * @param services the virtual servers in the configuration's order
 */
public record LvsSnapshot(
    Moment moment, Configuration configuration, List<ServiceSnapshot> services)
    implements Snapshot {
  public LvsSnapshot {
    Objects.requireNonNull(moment);
    Objects.requireNonNull(configuration);
    services = List.copyOf(services);
  }

  @Override
  public void configuration(ReportContext context, Consumer<String> lines) {
    new LvsDump(this, context, lines).write(false);
  }

  @Override
  public void data(ReportContext context, Consumer<String> lines) {
    new LvsDump(this, context, lines).write(true);
  }

  @Override
  public void globals(ReportContext context, Consumer<String> lines) {
    new GlobalsText(context.networkNamespace(), new CommandText(context.commands()), lines)
        .write(configuration);
  }

  @Override
  public void statistics(Consumer<String> lines) {
    LvsStatisticsText.write(this, lines);
  }

  @Override
  public List<String> meant(String said) {
    return ServerFinder.meant(
        services.stream().map(one -> one.configured().service().text()).distinct().toList(), said);
  }

  @Override
  public LvsSnapshot only(String name) {
    return new LvsSnapshot(
        moment,
        configuration,
        services.stream().filter(one -> one.configured().service().text().equals(name)).toList());
  }

  @Override
  public void overview(ReportContext context, OverviewStyle style, Consumer<String> lines) {
    new LvsOverview(this, context.clock(), style).write(lines);
  }

  @Override
  public void overviewJson(Consumer<String> pieces) {
    pieces.accept("\"virtual_servers\":");
    LvsJson.write(this, piece -> pieces.accept(piece.stripTrailing()));
  }

  @Override
  public void metrics(Consumer<String> pieces) {
    LvsMetrics.write(this, pieces);
  }

  @Override
  public void page(ReportContext context, Consumer<String> pieces) {
    new LvsPage(this, context.clock(), pieces).write();
  }

  @Override
  public void json(ReportContext context, Consumer<String> pieces) {
    LvsJson.write(this, pieces);
  }
}
