#pragma once
// The only door to libmariadb. What Swift cannot import (variadics, function-like macros) is wrapped here.
#include <mysql.h>
#include <mysqld_error.h>
#include <errmsg.h>
#include <mariadb_rpl.h>
#include <zlib.h>

// Whether the server executes a statement with many rows of parameters at once. MySQL does not; a proxy says it of its
// servers.
static inline int CMariaDB_supports_bulk(MYSQL *mysql) {
  // libmariadb fills as much as an `unsigned long`.
  unsigned long capabilities = 0;
  if (mysql->server_capabilities & CLIENT_MYSQL) return 0;
  if (mariadb_get_infov(mysql, MARIADB_CONNECTION_EXTENDED_SERVER_CAPABILITIES, &capabilities)) return 0;
  return (capabilities & (unsigned long)(MARIADB_CLIENT_STMT_BULK_OPERATIONS >> 32)) != 0;
}

// What a parameter that is NULL points to: it is only read.
static inline char *CMariaDB_null_indicator(void) {
  static char indicator = STMT_INDICATOR_NULL;
  return &indicator;
}

// Prepares a dump of the binary log as a replica asks for it. The names are copied.
static inline MARIADB_RPL *CMariaDB_rpl_init(MYSQL *mysql, const char *file, size_t file_length,
                                             unsigned long position, unsigned int server_id,
                                             const char *host) {
  MARIADB_RPL *rpl = mariadb_rpl_init_ex(mysql, MARIADB_RPL_VERSION);
  if (!rpl) return NULL;
  if (mariadb_rpl_optionsv(rpl, MARIADB_RPL_FILENAME, file, file_length) ||
      mariadb_rpl_optionsv(rpl, MARIADB_RPL_START, position) ||
      mariadb_rpl_optionsv(rpl, MARIADB_RPL_SERVER_ID, server_id) ||
      mariadb_rpl_optionsv(rpl, MARIADB_RPL_FLAGS, 0u) ||
      mariadb_rpl_optionsv(rpl, MARIADB_RPL_HOST, host) ||
      mariadb_rpl_optionsv(rpl, MARIADB_RPL_PORT, 0u)) {
    mariadb_rpl_close(rpl);
    return NULL;
  }
  return rpl;
}
