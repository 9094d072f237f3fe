#pragma once
/// Invented people and their cards: assets/demo/people.json.
#include <filesystem>
#include <map>
#include <string>

#include "peripherals/emulated/id_reader.h"

namespace yizhan::emulated {

/// By name ("zhang-san"). The photo is noise that the name fixes, and holds a frame's preamble on purpose.
/// Errors: people_unreadable (file, entry, reason).
Result<std::map<std::string, Card>> load_people(std::filesystem::path const& file);

/// A 256-byte text block from a file, with the photo of the file's name. Errors: card_text_size, people_unreadable.
Result<Card> load_card_block(std::filesystem::path const& file);

}  // namespace yizhan::emulated
