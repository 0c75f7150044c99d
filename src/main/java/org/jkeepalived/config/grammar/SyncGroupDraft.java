package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.syntax.Token;

/** What has been read of one {@code vrrp_sync_group}. */
final class SyncGroupDraft implements Draft {

  /** The word to point at for what concerns the group as a whole. */
  final Token place;

  Optional<List<Token>> listed = Optional.empty();
  final TrackingDraft tracking;
  final NotificationsDraft notifications = new NotificationsDraft();

  /** {@code sync_group_tracking_weight}: members keep the weights of what they track. */
  boolean keepsWeights;

  /** {@code global_tracking}: what one member tracks concerns all. */
  boolean sharesTracking;

  /** The members that there are, once the whole file has been read. */
  final List<String> members = new ArrayList<>();

  /** A member that is not started because something is not there yet. */
  Optional<String> hindered = Optional.empty();

  SyncGroupDraft(Token place, TrackersDraft trackers) {
    this.place = place;
    this.tracking = new TrackingDraft(trackers);
  }

  @Override
  public String name() {
    return place.text();
  }
}
