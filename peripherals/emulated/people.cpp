#include "peripherals/emulated/people.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <random>

#include "shared/base/text.h"
#include "shared/domain/identity/card_text.h"

namespace yizhan::emulated {

namespace {

using nlohmann::json;

std::array<std::byte, 1024> photo_of(std::string_view name) {
  std::seed_seq seed(name.begin(), name.end());
  std::mt19937_64 random(seed);
  std::array<std::byte, 1024> photo;
  for (auto& byte : photo) byte = static_cast<std::byte>(random());
  // A driver that looks for frames inside a frame loses its way here: a whole frame that says "no card".
  constexpr std::array<std::uint8_t, 11> trap{0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x00, 0x04, 0x00, 0x00, 0x80, 0x84};
  std::ranges::copy(std::as_bytes(std::span(trap)), photo.begin() + 300);
  return photo;
}

std::string text_at(json const& entry, char const* key) {
  return entry.contains(key) ? entry.at(key).get<std::string>() : std::string();
}

identity::CardKind kind_of(std::string const& name) {
  using identity::CardKind;
  for (auto const kind : {CardKind::hk_mo_tw, CardKind::foreign2017, CardKind::foreign2023}) {
    if (name == identity::to_string(kind)) return kind;
  }
  return CardKind::citizen;
}

identity::Sex sex_of(std::string const& name) {
  using identity::Sex;
  for (auto const sex : {Sex::male, Sex::female, Sex::unspecified}) {
    if (name == identity::to_string(sex)) return sex;
  }
  return Sex::unknown;
}

/// May throw json's exceptions.
Card card_of(std::string const& name, json const& entry) {
  identity::CardText text;
  text.kind = kind_of(text_at(entry, "kind"));
  text.name = SecretText(text_at(entry, "name"));
  text.name_en = SecretText(text_at(entry, "name_en"));
  text.sex = sex_of(text_at(entry, "sex"));
  text.ethnic = text_at(entry, "ethnic");
  text.birth = SecretText(text_at(entry, "birth"));
  text.address = SecretText(text_at(entry, "address"));
  text.number = SecretText(text_at(entry, "number"));
  text.old_number = SecretText(text_at(entry, "old_number"));
  text.permit_number = SecretText(text_at(entry, "permit_number"));
  text.issue_count = text_at(entry, "issue_count");
  text.issuer = text_at(entry, "issuer");
  text.valid_from = text_at(entry, "valid_from");
  text.valid_to = text_at(entry, "valid_to");
  text.nationality = text_at(entry, "nationality");

  Card card;
  card.text = identity::encode_card_text(text);
  card.photo = photo_of(name);
  if (auto const address = text_at(entry, "newest_address"); !address.empty()) {
    card.newest_address = text::to_utf16le(address);
    while (card.newest_address.size() < 70)
      card.newest_address.insert(card.newest_address.end(), {std::byte{0x20}, {}});
  }
  return card;
}

}  // namespace

Result<std::map<std::string, Card>> load_people(std::filesystem::path const& file) {
  std::ifstream in(file);
  if (!in) return Error::make("people_unreadable", Retry::no, file.string());
  try {
    std::map<std::string, Card> people;
    auto const entries = json::parse(in);
    for (auto const& [name, entry] : entries.items()) people.emplace(name, card_of(name, entry));
    return people;
  } catch (json::exception const& problem) {
    return Error::make("people_unreadable", Retry::no, file.string() + ": " + problem.what());
  }
}

Result<Card> load_card_block(std::filesystem::path const& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return Error::make("people_unreadable", Retry::no, file.string());
  std::string const bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  Card card;
  if (bytes.size() != card.text.size()) return Error::make("card_text_size", Retry::no, file.string());
  std::ranges::copy(text::bytes_of(bytes), card.text.begin());
  card.photo = photo_of(file.filename().string());
  return card;
}

}  // namespace yizhan::emulated
