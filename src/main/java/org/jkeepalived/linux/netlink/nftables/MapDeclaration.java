package org.jkeepalived.linux.netlink.nftables;

import java.util.List;

/**
 * A map with intervals of concatenated fields for keys.
 *
 * @param id of this map among those of the same batch, from 1
 * @param keyType nft's number of the fields' types, six bits each
 * @param fieldBytes how long each field is; each begins at a multiple of four
 * @param data what a key leads to
 * @param counted each element counts the packets that it was for
 */
record MapDeclaration(
    String name, int id, long keyType, List<Integer> fieldBytes, Data data, boolean counted) {

  /**
   * What a key leads to.
   *
   * @param type nft's number of it
   * @param bytes how long it is
   */
  record Data(long type, int bytes) {}

  /** How long a key is, fields filled up. */
  int keyBytes() {
    return fieldBytes.stream().mapToInt(bytes -> (bytes + 3) & ~3).sum();
  }
}
