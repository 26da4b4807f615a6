#pragma once
// The only door to hiredis. Its pkg-config file asks for a flag that SwiftPM warns of, so it is not used.
#include <hiredis/hiredis.h>
