/**
 * What the operator asked of IPVS: virtual servers, the real servers behind them, and how those are
 * checked. Immutable; defaults and inheritance are resolved, so that a check says itself how often
 * it runs and whom it asks.
 *
 * <p>May depend on {@code model}. Start reading at {@link org.jkeepalived.model.lvs.VirtualServer}.
 */
package org.jkeepalived.model.lvs;
