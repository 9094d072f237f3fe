#pragma once
/// SQLite's heap blocks are overwritten before they are given back: pages of the cache, rows, SQL text with the key.
/// Internal to shared/store.
namespace yizhan::store {

/// True where it is so (arranged before main(); SQLite refuses once it has been used). `PRAGMA cipher_memory_security`
/// would do the same and also lock every block with a system call of its own: 2 ms more a commit, 5 ms a reopening.
/// SQLCipher's own keys are locked and wiped either way.
[[nodiscard]] bool memory_is_wiped();

}  // namespace yizhan::store
