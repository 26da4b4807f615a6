#pragma once
// The only door to libmariadb. What Swift cannot import (variadics, function-like macros) is wrapped here.
#include <mysql.h>
#include <mysqld_error.h>
#include <errmsg.h>
#include <mariadb_rpl.h>
#include <zlib.h>

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
