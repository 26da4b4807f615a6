#pragma once
// The only door to libmariadb. What Swift cannot import (variadics, function-like macros) is wrapped here.
#include <mysql.h>
#include <mysqld_error.h>
#include <errmsg.h>
