#include "shared/domain/identity/card_text.h"

#include <algorithm>
#include <cassert>

#include "shared/base/text.h"
#include "shared/domain/calendar/hall_time.h"
#include "shared/domain/identity/id_number.h"

namespace yizhan::identity {

namespace {

constexpr std::size_t k_block_size = 256;

/// Byte offset and length in the block; length 0: the card has no such field.
struct Field {
  std::size_t offset = 0;
  std::size_t size = 0;
};

/// GA 450 and the 2017 and 2023 residence card supplements, as the reader modules hand the block out.
struct Layout {
  CardKind kind;
  char16_t flag;
  Field name, name_en, name_en_more, sex, ethnic, birth, address, number, issuer, permit, count, nationality, link;
};
constexpr Field k_flag{248, 2};
constexpr Field k_valid_from{188, 16};
constexpr Field k_valid_to{204, 16};
constexpr std::array<Layout, 4> k_layouts{{
    {.kind = CardKind::citizen,
     .flag = u' ',
     .name = {0, 30},
     .sex = {30, 2},
     .ethnic = {32, 4},
     .birth = {36, 16},
     .address = {52, 70},
     .number = {122, 36},
     .issuer = {158, 30}},
    {.kind = CardKind::hk_mo_tw,
     .flag = u'J',
     .name = {0, 30},
     .sex = {30, 2},
     .birth = {36, 16},
     .address = {52, 70},
     .number = {122, 36},
     .issuer = {158, 30},
     .permit = {220, 18},
     .count = {238, 4}},
    {.kind = CardKind::foreign2017,
     .flag = u'I',
     .name = {158, 30},
     .name_en = {0, 120},
     .sex = {120, 2},
     .birth = {220, 16},
     .number = {122, 30},
     .issuer = {240, 8},
     .nationality = {152, 6}},
    {.kind = CardKind::foreign2023,
     .flag = u'Y',
     .name = {0, 30},
     .name_en = {52, 70},
     .name_en_more = {220, 22},
     .sex = {30, 2},
     .birth = {36, 16},
     .number = {122, 36},
     .count = {32, 4},
     .nationality = {242, 6},
     .link = {250, 6}},
}};

Layout const& layout_of(CardKind kind) {
  return *std::find_if(k_layouts.begin(), k_layouts.end(), [&](Layout const& layout) { return layout.kind == kind; });
}

/// Reads fields of one block and remembers what was wrong with them.
class Reader {
 public:
  explicit Reader(std::span<std::byte const> block) : m_block(block) {}

  /// Trimmed. A field with characters that no card may hold is left empty.
  SecretText text(Field field) {
    std::string raw = text::from_utf16le(m_block.subspan(field.offset, field.size));
    std::u32string points = text::to_code_points(text::trim(raw));
    bool bad = false;
    for (char32_t const c : points) {
      bad = bad || c == 0xFFFD || c < 0x20 || (c >= 0x7F && c < 0xA0);
      bool const in_plane_0 = c >= 0xE000 && c <= 0xF8FF;
      if (in_plane_0 || c >= 0xF0000) warn(CardWarning::private_use);
    }
    scrub(points.data(), points.size() * sizeof(char32_t));
    if (bad) warn(CardWarning::unreadable);
    SecretText result(bad ? std::string_view{} : text::trim(raw));
    scrub(raw);
    return result;
  }
  std::string plain(Field field) { return std::string(text(field).view()); }

  /// YYYYMMDD → YYYY-MM-DD; required on every card.
  SecretText date(Field field) {
    auto const digits = text(field);
    auto const view = digits.view();
    std::string iso;
    if (view.size() == 8) {
      iso.append(view.substr(0, 4)).append("-").append(view.substr(4, 2)).append("-").append(view.substr(6, 2));
    }
    if (!calendar::BusinessDay::parse(iso)) {
      warn(CardWarning::unreadable);
      return {};
    }
    SecretText result(iso);
    scrub(iso);
    return result;
  }

  void warn(CardWarning warning) {
    if (std::find(m_warnings.begin(), m_warnings.end(), warning) == m_warnings.end()) m_warnings.push_back(warning);
  }
  std::vector<CardWarning> take_warnings() { return std::move(m_warnings); }

 private:
  std::span<std::byte const> m_block;
  std::vector<CardWarning> m_warnings;
};

Sex read_sex(Reader& reader, Field field) {
  auto const code = reader.text(field);
  if (code.view() == "0") return Sex::unknown;
  if (code.view() == "1") return Sex::male;
  if (code.view() == "2") return Sex::female;
  if (code.view() == "9") return Sex::unspecified;
  reader.warn(CardWarning::unreadable);
  return Sex::unknown;
}

char sex_code(Sex sex) {
  switch (sex) {
    case Sex::unknown: return '0';
    case Sex::male: return '1';
    case Sex::female: return '2';
    case Sex::unspecified: return '9';
  }
  return '0';
}

/// Number of the 2017 card that a 2023 card replaces: nationality, region of four, YYMMDD, sequence, check digit. Three
/// of its characters stand in the new card's link field.
SecretText derive_old_number(std::string_view nationality, std::string_view number, std::string_view link) {
  if (nationality.size() != 3 || number.size() != 18 || link.size() != 3) return {};
  std::string old;
  old.reserve(16);
  old.append(nationality).append(number.substr(1, 2)).append(link.substr(0, 2));
  old.append(number.substr(8, 6)).append(link.substr(2, 1));
  bool const fit =
      std::all_of(old.begin(), old.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
  if (fit) old.push_back(mrz_check_digit(old));
  SecretText result(fit ? std::string_view(old) : std::string_view{});
  scrub(old);
  return result;
}

void judge_number(Reader& reader, CardText& card) {
  auto const fault = check_id_number(card.number.view()).fault;
  if (fault == IdFault::length || fault == IdFault::character) {
    card.number.wipe();
    reader.warn(CardWarning::unreadable);
  } else if (fault) {
    reader.warn(CardWarning::check_digit);
  }
  auto const number = card.number.view();
  if (number.empty()) return;
  auto const iso = card.birth.view();
  if (!iso.empty()) {
    std::string birth;
    birth.append(iso.substr(0, 4)).append(iso.substr(5, 2)).append(iso.substr(8, 2));
    bool const same = number.size() == 18 ? number.substr(6, 8) == birth
                                          : number.size() == 15 && number.substr(number[0] <= '9' ? 6 : 7, 6) ==
                                                                       std::string_view(birth).substr(2);
    if (!same) reader.warn(CardWarning::birth_mismatch);
    scrub(birth);
  }
  bool const sexed = card.sex == Sex::male || card.sex == Sex::female;
  bool const odd = number.size() == 18 && (number[16] - '0') % 2 == 1;
  if (number.size() == 18 && sexed && odd != (card.sex == Sex::male)) reader.warn(CardWarning::sex_mismatch);
}

void judge_validity(Reader& reader, CardText const& card, std::chrono::year_month_day today) {
  // ISO dates compare as text.
  auto const now = calendar::BusinessDay{today}.to_string();
  if (!card.valid_from.empty() && card.valid_from > now) reader.warn(CardWarning::not_yet_valid);
  if (!card.valid_to.empty() && card.valid_to != "long_term" && card.valid_to < now) reader.warn(CardWarning::expired);
}

}  // namespace

bool CardText::has(CardWarning warning) const {
  return std::find(warnings.begin(), warnings.end(), warning) != warnings.end();
}

Result<CardText> decode_card_text(std::span<std::byte const> block, std::chrono::year_month_day today) {
  if (block.size() != k_block_size) return Error::make("card_text_size", Retry::no, std::to_string(block.size()));
  Reader reader(block);

  auto const flag = static_cast<char16_t>(std::to_integer<unsigned>(block[k_flag.offset]) |
                                          (std::to_integer<unsigned>(block[k_flag.offset + 1]) << 8));
  auto const known =
      std::find_if(k_layouts.begin(), k_layouts.end(), [&](Layout const& each) { return each.flag == flag; });
  if (known == k_layouts.end() && flag != 0) reader.warn(CardWarning::unreadable);
  auto const& layout = known == k_layouts.end() ? layout_of(CardKind::citizen) : *known;

  CardText card;
  card.kind = layout.kind;
  card.name = reader.text(layout.name);
  card.name_en = reader.text(layout.name_en);
  if (layout.name_en_more.size > 0) {
    // One field in two places: a word may be split where the first ends.
    std::array<std::byte, 70 + 22> joined{};
    auto const first = block.subspan(layout.name_en.offset, layout.name_en.size);
    auto const more = block.subspan(layout.name_en_more.offset, layout.name_en_more.size);
    std::copy(more.begin(), more.end(), std::copy(first.begin(), first.end(), joined.begin()));
    Reader whole(joined);
    card.name_en = whole.text({0, joined.size()});
    for (auto const warning : whole.take_warnings()) reader.warn(warning);
    scrub(joined.data(), joined.size());
  }
  card.number = reader.text(layout.number);
  bool const blank = card.name.empty() && card.name_en.empty() && card.number.empty();
  if (blank) return Error::make("card_text_blank");
  if (card.name.empty() && card.name_en.empty()) reader.warn(CardWarning::unreadable);

  card.sex = read_sex(reader, layout.sex);
  if (layout.ethnic.size > 0) {
    card.ethnic = ethnic_name(reader.plain(layout.ethnic));
    if (card.ethnic.empty()) reader.warn(CardWarning::unreadable);
  }
  card.birth = reader.date(layout.birth);
  card.address = reader.text(layout.address);
  card.issuer = reader.plain(layout.issuer);
  card.permit_number = reader.text(layout.permit);
  card.issue_count = reader.plain(layout.count);
  card.nationality = reader.plain(layout.nationality);
  card.valid_from = reader.date(k_valid_from).view();
  card.valid_to = reader.plain(k_valid_to) == "长期" ? "long_term" : std::string(reader.date(k_valid_to).view());
  judge_number(reader, card);
  judge_validity(reader, card, today);
  // Noise may look like a name; a card has a number or a date.
  if (card.number.empty() && card.birth.empty() && card.valid_from.empty()) return Error::make("card_text_blank");
  if (layout.link.size > 0) {
    card.old_number = derive_old_number(card.nationality, card.number.view(), reader.text(layout.link).view());
  }
  card.warnings = reader.take_warnings();
  return card;
}

std::array<std::byte, 256> encode_card_text(CardText const& card) {
  std::array<std::byte, k_block_size> block{};
  for (std::size_t i = 0; i < block.size(); i += 2) block[i] = std::byte{' '};
  auto const put_units = [&](Field field, std::span<std::byte const> units) {
    assert(units.size() <= field.size);
    auto const fitting = units.first(std::min(units.size(), field.size));
    std::copy(fitting.begin(), fitting.end(), block.begin() + static_cast<std::ptrdiff_t>(field.offset));
  };
  auto const put = [&](Field field, std::string_view value) { put_units(field, text::to_utf16le(value)); };
  auto const put_date = [&](Field field, std::string_view iso) {
    std::string digits(iso);
    std::erase(digits, '-');
    put(field, digits);
  };
  auto const& layout = layout_of(card.kind);

  put(k_flag, std::string(1, static_cast<char>(layout.flag)));
  put(layout.name, card.name.view());
  if (layout.name_en.size > 0) {
    auto const units = text::to_utf16le(card.name_en.view());
    auto const first = std::min(units.size(), layout.name_en.size);
    put_units(layout.name_en, std::span(units).first(first));
    put_units(layout.name_en_more, std::span(units).subspan(first));
  }
  put(layout.sex, std::string(1, sex_code(card.sex)));
  if (layout.ethnic.size > 0) put(layout.ethnic, ethnic_code(card.ethnic));
  put_date(layout.birth, card.birth.view());
  if (layout.address.size > 0) put(layout.address, card.address.view());
  put(layout.number, card.number.view());
  if (layout.issuer.size > 0) put(layout.issuer, card.issuer);
  if (layout.permit.size > 0) put(layout.permit, card.permit_number.view());
  if (layout.count.size > 0) put(layout.count, card.issue_count);
  if (layout.nationality.size > 0) put(layout.nationality, card.nationality);
  put_date(k_valid_from, card.valid_from);
  if (card.valid_to == "long_term") {
    put(k_valid_to, "长期");
  } else {
    put_date(k_valid_to, card.valid_to);
  }
  if (layout.link.size > 0 && card.old_number.view().size() == 15) {
    auto const old = card.old_number.view();
    put(layout.link, std::string(old.substr(5, 2)).append(old.substr(13, 1)));
  }
  return block;
}

char const* to_string(CardKind kind) {
  switch (kind) {
    case CardKind::citizen: return "citizen";
    case CardKind::hk_mo_tw: return "hk_mo_tw";
    case CardKind::foreign2017: return "foreign2017";
    case CardKind::foreign2023: return "foreign2023";
  }
  return "citizen";
}

char const* to_string(Sex sex) {
  switch (sex) {
    case Sex::unknown: return "unknown";
    case Sex::male: return "male";
    case Sex::female: return "female";
    case Sex::unspecified: return "unspecified";
  }
  return "unknown";
}

char const* to_string(CardWarning warning) {
  switch (warning) {
    case CardWarning::check_digit: return "check_digit";
    case CardWarning::expired: return "expired";
    case CardWarning::not_yet_valid: return "not_yet_valid";
    case CardWarning::birth_mismatch: return "birth_mismatch";
    case CardWarning::sex_mismatch: return "sex_mismatch";
    case CardWarning::private_use: return "private_use";
    case CardWarning::unreadable: return "unreadable";
  }
  return "unreadable";
}

}  // namespace yizhan::identity
