package org.jkeepalived.notify.mail;

/** The mail server could not be reached or talked to: what it concerns is not one mail alone. */
public final class RelayFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean lasting;

  /**
   * @param message a whole sentence for the log, with what to do where somebody can do something
   * @param lasting whether it needs a person, so that trying again soon is of no use
   */
  public RelayFailure(String message, boolean lasting) {
    super(message);
    this.lasting = lasting;
  }

  public boolean isLasting() {
    return lasting;
  }
}
