package org.jkeepalived.linux.netlink.nftables;

/** Numbers of nf_tables (linux/netfilter/nfnetlink.h, nf_tables.h, nf_tables_compat.h). */
final class Nftables {

  static final int NETLINK_NETFILTER = 12;

  private static final int SUBSYSTEM = 10;
  static final int BATCH_BEGIN = 16;
  static final int BATCH_END = 17;
  static final int BATCH_SUBSYSTEM = SUBSYSTEM;

  static final int NEW_TABLE = SUBSYSTEM << 8;
  static final int GET_TABLE = NEW_TABLE + 1;
  static final int DELETE_TABLE = NEW_TABLE + 2;
  static final int NEW_CHAIN = NEW_TABLE + 3;
  static final int NEW_RULE = NEW_TABLE + 6;
  static final int GET_RULE = NEW_TABLE + 7;
  static final int NEW_SET = NEW_TABLE + 9;
  static final int GET_SET = NEW_TABLE + 10;
  static final int NEW_ELEMENTS = NEW_TABLE + 12;
  static final int GET_ELEMENTS = NEW_TABLE + 13;
  static final int DELETE_ELEMENTS = NEW_TABLE + 14;
  static final int NEW_GENERATION = NEW_TABLE + 15;
  static final int GET_GENERATION = NEW_TABLE + 16;

  static final int NLA_F_NESTED = 0x8000;
  static final int NLM_F_APPEND = 0x800;

  static final int TABLE_NAME = 1;

  static final int CHAIN_TABLE = 1;
  static final int CHAIN_NAME = 3;
  static final int CHAIN_HOOK = 4;
  static final int CHAIN_POLICY = 5;
  static final int CHAIN_TYPE = 7;
  static final int HOOK_NUMBER = 1;
  static final int HOOK_PRIORITY = 2;

  static final int RULE_TABLE = 1;
  static final int RULE_CHAIN = 2;
  static final int RULE_EXPRESSIONS = 4;

  static final int LIST_ELEMENT = 1;
  static final int EXPRESSION_NAME = 1;
  static final int EXPRESSION_DATA = 2;

  static final int SET_TABLE = 1;
  static final int SET_NAME = 2;
  static final int SET_FLAGS = 3;
  static final int SET_KEY_TYPE = 4;
  static final int SET_KEY_LENGTH = 5;
  static final int SET_DATA_TYPE = 6;
  static final int SET_DATA_LENGTH = 7;
  static final int SET_DESCRIPTION = 9;
  static final int SET_ID = 10;
  static final int SET_USER_DATA = 13;
  static final int SET_EXPRESSION = 17;
  static final int DESCRIPTION_CONCATENATION = 2;
  static final int FIELD_LENGTH = 1;

  static final int SET_IS_INTERVAL = 0x04;
  static final int SET_IS_MAP = 0x08;
  static final int SET_IS_CONCATENATION = 0x80;

  static final int ELEMENTS_TABLE = 1;
  static final int ELEMENTS_SET = 2;
  static final int ELEMENTS_LIST = 3;
  static final int ELEMENT_KEY = 1;
  static final int ELEMENT_DATA = 2;
  static final int ELEMENT_KEY_END = 10;

  static final int DATA_VALUE = 1;
  static final int DATA_VERDICT = 2;
  static final int VERDICT_CODE = 1;

  static final int GENERATION_ID = 1;

  static final int POLICY_ACCEPT = 1;
  static final int VERDICT_RETURN = -5;

  private Nftables() {}
}
