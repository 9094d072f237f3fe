#include "shared/store/wiping_memory.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>

#include "shared/base/secret.h"

namespace yizhan::store {
namespace {

sqlite3_mem_methods g_system;

void wiping_free(void* block) {
  if (block == nullptr) return;
  scrub(block, static_cast<std::size_t>(g_system.xSize(block)));
  g_system.xFree(block);
}

/// Never in place: the system's realloc would leave the old bytes behind when it moves them.
void* wiping_realloc(void* block, int size) {
  void* const larger = g_system.xMalloc(size);
  if (larger == nullptr) return nullptr;
  std::memcpy(larger, block, static_cast<std::size_t>(std::min(g_system.xSize(block), g_system.xSize(larger))));
  wiping_free(block);
  return larger;
}

bool install() {
  if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &g_system) != SQLITE_OK) return false;
  auto methods = g_system;
  methods.xFree = wiping_free;
  methods.xRealloc = wiping_realloc;
  return sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) == SQLITE_OK;
}

bool const g_installed = install();

}  // namespace

bool memory_is_wiped() { return g_installed; }

}  // namespace yizhan::store
